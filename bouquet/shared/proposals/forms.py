"""What is filled in about proposals."""

from __future__ import annotations

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from bouquet.shared.network.models import Site


class ProposalForm(forms.Form):
    site = forms.ChoiceField(label=_("To which site?"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Why would it be at home there?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("The editors of that site read it, with your name."),
    )

    def __init__(self, *args: object, sites: list[Site], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["site"].choices = [(site.slug, _called(site)) for site in sites]  # type: ignore[attr-defined]


def _called(site: Site) -> SafeString:
    return format_html('<span class="site-choice">{}<small>{}</small></span>', site.name, site.tagline)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Who proposed it and its maker read this."),
    )


class RefusalForm(ReasonForm):
    bar = forms.BooleanField(
        label=_("Take no more proposals from this person"),
        required=False,
        help_text=_("For this site only; it can be taken back on the desk."),
    )
