"""What is filled in about comments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bouquet.shared.comments.models import DomainRule, Effect, HouseRules, Report
from bouquet.shared.network.kinds import all_kinds
from bouquet.shared.network.models import Site


class EditForm(forms.Form):
    text = forms.CharField(label=_("Comment"), widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}), required=False)


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Who wrote it reads this: say what was wrong."),
    )


class ReportForm(forms.Form):
    why = forms.ChoiceField(label=_("What is wrong with it?"), choices=Report.Why.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class RulesForm(forms.ModelForm[HouseRules]):
    class Meta:
        model = HouseRules
        fields = ["site", "kind", "policy", "close_after_days", "hold_first", "hold_first_links", "watched_words"]
        widgets = {"watched_words": forms.Textarea(attrs={"rows": 10, "dir": "auto"})}
        help_texts = {
            "close_after_days": _("Counted from publication. 0: never."),
            "hold_first": _(
                "They are told so before they write. Empty: as the kind has it (articles: 1, videos: none). 0: none."
            ),
            "watched_words": _(
                "One a line; a comment with one of them waits for a decision. Case and accents do not matter; a * at"
                " the end of a word also finds longer ones."
            ),
        }

    def __init__(self, *args: Any, sites: Any, whole_network: bool, **kwargs: Any) -> None:
        """`sites`: those that the one who fills it in looks after; `whole_network`: whether they look after all."""
        super().__init__(*args, **kwargs)
        self.fields["site"] = forms.ModelChoiceField(
            label=_("Site"),
            queryset=Site.objects.filter(pk__in=sites.values("pk")),
            required=not whole_network,
            empty_label=_("the whole network") if whole_network else None,
        )
        kinds = [("", _("every kind")), *((kind.slug, kind.label) for kind in all_kinds())]
        self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=kinds, required=False)
        if self.instance.pk:
            self.fields["site"].disabled = self.fields["kind"].disabled = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        same = HouseRules.objects.filter(site=given.get("site"), kind=given.get("kind", ""))
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There are rules for this already: change those."))
        return given


class RestrictionForm(forms.Form):
    """About the author of a comment. `site`: where it was written; `whole_network`: whether the desk may say so."""

    effect = forms.ChoiceField(label=_("From now on"), choices=Effect.choices, initial=Effect.STOP)
    days = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        initial=7,
        choices=[(1, _("one day")), (7, _("a week")), (30, _("thirty days")), (365, _("a year")), (0, _("for good"))],
    )
    where = forms.ChoiceField(label=_("Where"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("They read this, at once and whenever they want to comment: say what was wrong."),
    )
    take_down = forms.BooleanField(
        label=_("Take down all that they wrote there in the last thirty days"),
        required=False,
        help_text=_("For spam. Each comment can be published again."),
    )

    def __init__(self, *args: Any, site: Site, whole_network: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [("site", site.name), *([("network", _("the whole network"))] if whole_network else [])]
        self.fields["where"] = forms.ChoiceField(label=_("Where"), choices=places, initial="site")
        self.order_fields(["effect", "days", "where", "reason", "take_down"])


class DomainForm(forms.ModelForm[DomainRule]):
    """`hits` is what the editor was shown: the rule is kept only by who has seen how many it is about."""

    class Meta:
        model = DomainRule
        fields = ["domain", "effect", "site"]
        help_texts = {
            "domain": _("What stands after the @: example.com. Addresses at domains below it are meant, too."),
        }

    def __init__(self, *args: Any, sites: Any, whole_network: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"] = forms.ModelChoiceField(
            label=_("Site"),
            queryset=Site.objects.filter(pk__in=sites.values("pk")),
            required=not whole_network,
            empty_label=_("the whole network") if whole_network else None,
        )

    def clean_domain(self) -> str:
        return self.cleaned_data["domain"].lower()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if DomainRule.objects.filter(site=given.get("site"), domain=given.get("domain", "")).exists():
            raise forms.ValidationError(_("There is a rule for this domain already: drop it first."))
        return given
