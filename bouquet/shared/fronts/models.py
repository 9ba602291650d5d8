"""The first page of a site."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from bouquet.shared.fronts.blocks import all_blocks
from bouquet.shared.fronts.composition import Composition
from bouquet.shared.network.models import Site


class BlocksField(StreamField):
    """A StreamField whose blocks are no part of migrations: a new kind brings blocks, and needs no migration here."""

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class FrontPage(Page):
    """Composed of blocks. Made with its site (network.actions.add_site), as the root of that site's pages."""

    body = BlocksField(all_blocks(), verbose_name=_("blocks"), blank=True)
    description = models.CharField(
        _("description for search engines"), max_length=300, blank=True, help_text=_("Empty: the site's tagline.")
    )

    content_panels = [FieldPanel("body")]
    promote_panels = [FieldPanel("description")]
    settings_panels: list[Any] = []
    parent_page_types = ["wagtailcore.Page"]
    is_creatable = False  # with a site, or not at all
    template = "fronts/front_page.html"

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """The address of the site itself: Wagtail would build it from a port it keeps in a row."""
        here = getattr(request, "site", None)
        is_here = here is not None and here.wagtail_site is not None and here.wagtail_site.root_page_id == self.pk
        site = here if is_here else Site.objects.filter(wagtail_site__root_page=self.pk).first()
        return (site.wagtail_site_id, site.url, "/") if site else super().get_url_parts(request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        composition = Composition(request, self, request.network_sites)  # type: ignore[attr-defined]
        sections = composition.sections(self.body)
        if not getattr(request, "is_preview", False):
            composition.keep()
        return context | {
            "sections": sections,
            "is_empty": not any(section.html for section in sections),
            "shows_brands": any(child.block_type == "sites" for child in self.body),
            "is_preview": getattr(request, "is_preview", False),
        }
