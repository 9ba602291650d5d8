"""Sites on the desk. Saving makes and changes what `bouquet site add` does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from bouquet.shared.network.actions import add_brand, follow_site, free_brand_name, free_slug, settle_site, written_host
from bouquet.shared.network.kinds import all_kinds
from bouquet.shared.network.models import Site


def _kind_choices() -> list[tuple[str, Any]]:
    return [(kind.slug, kind.label) for kind in all_kinds()]


class SiteForm(WagtailAdminModelForm):
    kinds = forms.MultipleChoiceField(
        label=_("What it offers"), choices=_kind_choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("Short name for addresses of the API. Empty: made from the name.")
        if self.instance.pk is None:
            self.fields["brand"].required = False
            self.fields["brand"].help_text = _("Empty: the site gets a plain brand of its own, to change afterwards.")

    def clean_host(self) -> str:
        return written_host(self.cleaned_data["host"])

    def clean_territory(self) -> str:
        return self.cleaned_data["territory"].upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("slug") and cleaned.get("name"):
            cleaned["slug"] = self.instance.slug or free_slug(cleaned["name"])
        return cleaned


class AddSite(CreateView):
    @transaction.atomic
    def save_instance(self) -> Site:
        site = self.form.instance
        if site.brand_id is None:
            site.brand = add_brand(name=free_brand_name(site.name), wordmark=site.name[:40])
        site = super().save_instance()
        settle_site(site)
        return site


class EditSite(EditView):
    @transaction.atomic
    def save_instance(self) -> Site:
        site = super().save_instance()
        follow_site(site)
        return site


class SitesAreClosedNotDeleted(ModelPermissionPolicy):
    """A site holds works, channels and pages of people: it is closed to readers, never deleted from a screen."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return action != "delete" and super().user_has_permission_for_instance(user, action, instance)


class SitesDesk(ModelViewSet):
    model = Site
    name = "bouquet_sites"
    url_prefix = "network/sites"
    menu_label = _("Sites")
    icon = "site"
    add_view_class = AddSite
    edit_view_class = EditSite
    permission_policy = SitesAreClosedNotDeleted(Site)
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = [
        "name",
        Column("host", label=_("Host name"), sort_key="host"),
        Column("brand", label=_("Brand")),
        Column("language", label=_("Language")),
        BooleanColumn("is_main", label=_("Network's front")),
        BooleanColumn("is_open", label=_("Open")),
    ]
    list_filter = ["language", "is_open", "brand"]
    search_fields = ["name", "host", "tagline"]
    ordering = ["-is_main", "position", "name"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldPanel("host", help_text=_("As in the address, without port: video.example.com")),
                    FieldPanel("slug"),
                    FieldPanel("tagline"),
                    FieldPanel("about"),
                ],
                heading=_("The site"),
            ),
            MultiFieldPanel([FieldPanel("brand"), FieldPanel("kinds")], heading=_("Its look and what it offers")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("language"), FieldPanel("territory")]),
                    FieldRowPanel([FieldPanel("minimum_age"), FieldPanel("position")]),
                    FieldPanel("is_open"),
                    FieldPanel("is_main"),
                ],
                heading=_("Readers"),
            ),
            InlinePanel(
                "navigation",
                heading=_("Menu"),
                label=_("line"),
                panels=[FieldRowPanel([FieldPanel("label"), FieldPanel("target")])],
                help_text=_("Without any line the menu shows what the site offers."),
            ),
            InlinePanel(
                "aliases",
                heading=_("Other host names"),
                label=_("host name"),
                panels=[FieldPanel("host")],
                help_text=_("Who comes by one of these is led to the site's own address."),
            ),
            MultiFieldPanel(
                [FieldPanel("embeds"), FieldPanel("embed_hosts")],
                heading=_("Films of this site on other people's pages: only where it is narrower than the network"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("publisher"),
                    FieldPanel("publisher_address"),
                    FieldPanel("director"),
                    FieldPanel("contact"),
                    FieldPanel("corrections_policy"),
                ],
                heading=_("Law: only where it differs from the network"),
            ),
        ],
        base_form_class=SiteForm,
    )
