"""Everything that a maker says of a film, in the sections of its edit page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.videos.forms.entrance import all_visibilities, spoken_languages
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.ratings import RATINGS
from bouquet.kinds.videos.replies import CannotAnswer, answered_by, answering, film_named
from bouquet.shared.network.models import Site
from bouquet.shared.works.actions import MOST_TAGS, sites_that_turned_away
from bouquet.shared.works.models import LICENCES, offered_categories
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.hours import HourField

TITLE, TEXT = 140, 5000


class VideoForm(forms.ModelForm[Video]):
    publish_at = HourField(
        label=_("Publish on"),
        required=False,
        help_text=_("Leave it empty to publish as soon as it plays."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=800,
        help_text=_("Words by which it is found, with commas between them: lake, summer, Savoie."),
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        max_length=128,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    answers = forms.CharField(
        label=_("The film that it answers"),
        required=False,
        max_length=300,
        help_text=_("Its address; empty where it answers none."),
    )

    class Meta:
        model = Video
        fields = ["title", "summary", "visibility", "publish_at", "may_download", "credit", "embeds", "embed_hosts"]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 8}),
            "embed_hosts": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "summary": _("Addresses become links; a time such as 1:23 leads to that moment of the film."),
            "may_download": _("Viewers find a button to save the original."),
            "visibility": _("Your followers are those who follow the channel."),
        }

    def __init__(self, *args: Any, sites: list[Site], viewer: Viewer, **kwargs: Any) -> None:
        """`sites`: where the one who fills it in (`viewer`) may publish."""
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        video = self.instance
        self.fields["visibility"].choices = all_visibilities()  # type: ignore[attr-defined]
        embeds: Any = self.fields["embeds"]
        embeds.choices = [(key, capfirst(str(words))) for key, words in embeds.choices]
        self._choice("language", _("Language spoken"), spoken_languages(), video.language)
        self._choice("category", _("Category"), [("", _("none")), *_with(offered_categories(), video.category)])
        licences = [("", _("not said")), *((each.code, each.name) for each in LICENCES.values())]
        self._choice("licence", _("Licence"), _with(licences, video.licence))
        self._choice("rating", _("Suitable from"), [(str(age), label) for age, label in RATINGS.items()])
        self._choice("comments_policy", _("Comments"), Video.CommentsPolicy.choices)
        self._choice("guest_policy", _("May other sites of the network show it?"), Video.GuestPolicy.choices)
        self.fields["guest_policy"].help_text = _(
            "Readers may propose it to their editors. You may put it there yourself."
        )
        self.fields["comments_policy"].help_text = _("Answers by video follow it too. What was said stays.")
        self.has_password = video.visibility == Video.Visibility.PASSWORD
        if self.has_password:
            self.fields["password"].help_text = _("Leave it empty to keep the present one.")
        self.initial["tags"] = ", ".join(tag.name for tag in video.tags.all())
        original = answered_by(video, viewer)
        self.initial["answers"] = original.address if original else ""
        self._add_translations()
        self._add_sites([site for site in sites if site.pk != video.site_id])
        if video.state not in (Video.State.DRAFT, Video.State.SCHEDULED):
            del self.fields["publish_at"]

    def _choice(self, name: str, label: Any, choices: Any, initial: Any = None) -> None:
        value = getattr(self.instance, name) if initial is None else initial
        shown = [(key, capfirst(str(words))) for key, words in choices]
        self.fields[name] = forms.ChoiceField(label=label, choices=shown, required=False)
        self.initial[name] = str(value)

    def _add_translations(self) -> None:
        own = (self.instance.language or self.instance.site.language)[:2]
        self.languages = [(code, name) for code, name in settings.LANGUAGES if code[:2] != own]
        for code, _name in self.languages:
            known = self.instance.translations.get(code, {})
            self.fields[f"title_{code}"] = forms.CharField(label=_("Title"), max_length=TITLE, required=False)
            self.fields[f"summary_{code}"] = forms.CharField(
                label=_("Description"), max_length=TEXT, required=False, widget=forms.Textarea(attrs={"rows": 5})
            )
            self.initial.update({f"{name}_{code}": known.get(name, "") for name in ("title", "summary")})

    def _add_sites(self, sites: list[Site]) -> None:
        away = set(sites_that_turned_away(self.instance))
        self.sites = sites = [site for site in sites if site.pk not in away]
        if not sites:
            return
        self.fields["also_on"] = forms.MultipleChoiceField(
            label=_("Also on"),
            choices=[(site.slug, site.name) for site in sites],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Listed there too, in that site's look. Its page and its address stay here."),
        )
        self._listed = list(self.instance.also_on.all())
        self.initial["also_on"] = [site.slug for site in self._listed]

    def translated(self) -> Iterator[tuple[str, Any, Any]]:
        """(language, its title, its description) for the template."""
        for code, name in self.languages:
            yield capfirst(name), self[f"title_{code}"], self[f"summary_{code}"]

    def clean_publish_at(self) -> Any:
        moment = self.cleaned_data["publish_at"]
        if moment and moment < timezone.now() and moment != self.instance.publish_at:
            raise forms.ValidationError(_("This moment has passed. Choose one to come, or leave the field empty."))
        return moment

    def clean_tags(self) -> list[str]:
        names = [name.strip() for name in re.split(r"[,;\n]", self.cleaned_data["tags"]) if name.strip()]
        if len(names) > MOST_TAGS:
            raise forms.ValidationError(_("%(most)s tags are enough.") % {"most": MOST_TAGS})
        if any(len(name) > 40 for name in names):
            raise forms.ValidationError(_("A tag is a word or two: at most 40 characters."))
        return names

    def clean_rating(self) -> int:
        return int(self.cleaned_data["rating"] or 0)

    def clean_answers(self) -> dict[str, Any]:
        if "answers" not in self.changed_data or self.viewer.person is None:
            return {}
        try:
            original = film_named(self.cleaned_data["answers"], self.viewer)
            return answering(original, self.viewer.person, video=self.instance)
        except CannotAnswer as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean_comments_policy(self) -> str:
        return self.cleaned_data["comments_policy"] or self.instance.comments_policy

    def clean_guest_policy(self) -> str:
        return self.cleaned_data["guest_policy"] or self.instance.guest_policy

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("embeds") == Video.Embeds.HOSTS and not cleaned.get("embed_hosts", "").strip():
            self.add_error("embed_hosts", _("Name at least one host."))
        wants = cleaned.get("visibility") == Video.Visibility.PASSWORD
        if wants and not self.has_password and not cleaned.get("password"):
            self.add_error("password", _("Choose the password that viewers will be asked for."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        """What `actions.change_video` is to do: only what was changed."""
        given = self.cleaned_data
        chosen = ["language", "category", "licence", "rating", "comments_policy", "guest_policy", "tags", "password"]
        plain = [*self.Meta.fields, *chosen]
        found = {name: given[name] for name in plain if name in self.changed_data and name in given}
        found |= given.get("answers") or {}
        if self._translations() != self.instance.translations:
            found["translations"] = self._translations()
        if "also_on" in self.changed_data:
            offered = {site.slug: site for site in self.sites}
            beyond = [site for site in self._listed if site.slug not in offered]
            found["also_on"] = [offered[slug] for slug in given["also_on"]] + beyond
        return found

    def _translations(self) -> dict[str, dict[str, str]]:
        kept = dict(self.instance.translations)
        for code, _name in self.languages:
            texts = {name: self.cleaned_data.get(f"{name}_{code}", "") for name in ("title", "summary")}
            kept[code] = {name: text for name, text in texts.items() if text}
        return {code: texts for code, texts in kept.items() if texts}


def _with(choices: list[tuple[str, Any]], value: str) -> list[tuple[str, Any]]:
    """What is kept stays a choice, also where it is offered no more."""
    return choices if value in dict(choices) or not value else [*choices, (value, value)]
