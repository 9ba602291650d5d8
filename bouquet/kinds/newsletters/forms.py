"""Forms of readers and of the editors' desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.newsletters.models import Newsletter, Suppression
from bouquet.kinds.newsletters.models.newsletter import DAYS
from bouquet.shared.network.kinds import all_kinds
from bouquet.shared.network.models import Site
from bouquet.toolkit.hours import HourField

MOST_LIST_BYTES = 20 * 1024**2


class SignUpForm(forms.Form):
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "placeholder": _("you@example.org")}),
    )
    website = forms.CharField(required=False, max_length=200)  # people do not see it: who fills it in is a program


class NewsletterForm(forms.ModelForm[Newsletter]):
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of works"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None: all kinds.")
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Goes out on"), coerce=int, choices=DAYS, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Newsletter
        fields = [
            *("site", "name", "slug", "about", "language", "sender_name", "sender_address", "reply_to", "is_open"),
            *("sources", "kinds", "sections", "themes", "window_days", "number", "most_of_one", "scoring"),
            *("never_again", "before", "after", "is_running", "weekdays", "hour", "time_zone", "lead_hours"),
        ]
        widgets = {
            "sources": forms.CheckboxSelectMultiple,
            "hour": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "before": forms.Textarea(attrs={"rows": 3}),
            "after": forms.Textarea(attrs={"rows": 3}),
        }

    GROUPS = {
        _("The list"): ("site", "name", "slug", "about", "language", "is_open"),
        _("Who writes"): ("sender_name", "sender_address", "reply_to"),
        _("The recipe"): (
            *("sources", "kinds", "sections", "themes", "window_days", "number", "most_of_one", "scoring"),
            *("never_again", "before", "after"),
        ),
        _("The clock"): ("is_running", "weekdays", "hour", "time_zone", "lead_hours"),
    }

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields["site"]
        own.queryset = sites.in_order()
        sources: Any = self.fields["sources"]
        sources.queryset = Site.objects.filter(is_open=True).in_order()
        kinds: Any = self.fields["kinds"]
        kinds.choices = [(kind.slug, kind.label) for kind in all_kinds() if kind.work]
        if self.instance.pk:
            own.disabled = True  # its archive and its links live there

    def groups(self) -> list[tuple[Any, list[Any]]]:
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_running") and not cleaned.get("weekdays"):
            self.add_error("weekdays", _("Which days? Without one the clock has nothing to do."))
        site = cleaned.get("site")
        if site is not None and not site.has_kind("newsletters"):
            self.add_error("site", _("Switch newsletters on for this site first (Network → Sites)."))
        return cleaned


class IssueForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=200)
    intro = forms.CharField(
        label=_("First words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Shown above the works, and beside the subject in lists of mail."),
    )  # fmt: skip
    before = forms.CharField(
        label=_("Words before the works"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    after = forms.CharField(
        label=_("Words after them"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ItemForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("Summary"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    with_picture = forms.BooleanField(label=_("With its picture"), required=False)
    alt = forms.CharField(label=_("What the picture shows"), max_length=300, required=False)


class HourForm(forms.Form):
    at = HourField(label=_("Goes out at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class ImportForm(forms.Form):
    file = forms.FileField(label=_("A table (CSV) with a column “email”, or one address a line"))
    proof = forms.CharField(
        label=_("Where and when these people said yes"),
        max_length=500,
        min_length=10,
        help_text=_("Kept with each of them as the proof of their consent."),
    )

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file.size > MOST_LIST_BYTES:
            raise forms.ValidationError(_("At most 20 MB."))
        return file.read().decode("utf-8-sig", "replace")


class SuppressForm(forms.Form):
    address = forms.EmailField(label=_("Address"), max_length=254)
    reason = forms.ChoiceField(label=_("Why"), choices=Suppression.Reason.choices, initial=Suppression.Reason.DESK)
