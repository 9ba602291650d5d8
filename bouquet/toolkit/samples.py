"""Invented works, people and forms for the style guide: they answer what templates ask of the real ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils import timezone

SCENES = {
    "dawn": "#b8727f",
    "city": "#3d2f63",
    "sea": "#3d97a8",
    "portrait": "#f0a34b",
    "stage": "#2a0f3d",
    "table": "#d6bb93",
    "snow": "#8fb1cf",
    "bench": "#2f4858",
}


@dataclass(frozen=True)
class SamplePicture:
    scene: str
    width: int = 1280
    height: int = 720

    @property
    def uid(self) -> str:
        return self.scene

    @property
    def tint(self) -> str:
        return SCENES[self.scene]

    def poster_url(self, _width: int) -> str:
        return static(f"samples/{self.scene}.svg")


@dataclass
class SampleWork:
    title: str
    scene: str
    channel: Any
    duration: float | None = 214
    summary: str = ""
    age: timedelta = timedelta(hours=5)
    views: int = 1840
    kind: str = "videos"
    state: str = "live"
    visibility: str = "public"
    is_processing: bool = False
    site_id: int = 0
    site: Any = field(default_factory=lambda: SimpleNamespace(name="Septembre"))
    without_picture: bool = False

    @property
    def poster(self) -> SamplePicture | None:
        return None if self.without_picture else SamplePicture(self.scene)

    @property
    def shown_title(self) -> str:
        return self.title

    @property
    def shown_summary(self) -> str:
        return self.summary

    @property
    def published_at(self) -> datetime:
        return timezone.now() - self.age

    @property
    def shown_on_card(self) -> tuple[Any, ...]:
        own = (self.title, self.kind, self.duration, self.age, self.views, self.scene, self.without_picture)
        told = (self.state, self.visibility, self.is_processing)
        return (*own, *told, self.site_id, self.site.name, self.channel.name)

    def get_visibility_display(self) -> str:
        return self.visibility

    def address_from(self, _site: Any) -> str:
        return "#sample"

    address = "#sample"


def somebody(name: str) -> Any:
    return SimpleNamespace(name=name, picture=None, handle=name.lower())


def works(site: Any = None) -> list[SampleWork]:
    """Eleven works as a site's front would list them; one of them lives on another site."""
    atelier, ada, chloe, hugo = (
        somebody(name) for name in ("L’atelier du port", "Ada Lambert", "Chloé Martin", "Hugo Petit")
    )
    made = [
        SampleWork(
            "Sur la crête, une heure avant tout le monde", "dawn", ada, 754, LEAD, timedelta(minutes=40), 18_240
        ),
        SampleWork("La ville éteint ses bureaux, étage par étage", "city", chloe, 187, "", timedelta(hours=2), 5_310),
        SampleWork("Au large : trois jours sans réseau", "sea", hugo, 1_322, "", timedelta(hours=7), 942),
        SampleWork("Portrait d’une oreille absolue", "portrait", ada, 96, "", timedelta(days=1), 31_000),
        SampleWork("Le rappel que personne n’avait répété", "stage", atelier, 305, "", timedelta(days=1), 128_400),
        SampleWork("Ce que le café fait au journal du matin", "table", chloe, 61, "", timedelta(days=2), 77),
        SampleWork("Cent mètres de dénivelé, un chalet, aucune route", "snow", hugo, 2_904, "", timedelta(days=3), 640),
        SampleWork(
            "Raboter droit : la main, l’œil, puis l’outil", "bench", atelier, 512, "", timedelta(days=5), 12_100
        ),
        SampleWork("Dernière lumière", "dawn", chloe, 44, "", timedelta(days=6), 3),
        SampleWork("Minuit moins le quart, quai numéro deux", "city", atelier, 3_730, "", timedelta(days=9), 2_048),
        SampleWork("Le retour des bateaux", "sea", ada, 129, "", timedelta(days=12), 860),
    ]
    for work in made:
        work.site_id = getattr(site, "pk", 0)
    made[4].site_id = -1
    return made


LEAD = (
    "Il faut partir de nuit, marcher sans lampe, et accepter de ne rien voir pendant longtemps. "
    "Puis la vallée s’allume d’un coup, et l’on comprend pourquoi les bergers ne racontent jamais ce moment."
)


class SampleForm(forms.Form):
    """Every sort of field."""

    title = forms.CharField(label="Title", max_length=80, help_text="Short and true: it is read out of context.")
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), required=False
    )
    about = forms.CharField(label="Description", widget=forms.Textarea, required=False)
    language = forms.ChoiceField(label="Language", choices=[("fr", "Français"), ("en", "English")])
    published = forms.DateTimeField(
        label="Publication", required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    visibility = forms.ChoiceField(
        label="Who may see it",
        widget=forms.RadioSelect,
        choices=[("public", "Everybody"), ("members", "Members of the network"), ("private", "Only me")],
    )
    topics = forms.MultipleChoiceField(
        label="Topics", widget=forms.CheckboxSelectMultiple, required=False, choices=[("sea", "Sea"), ("snow", "Snow")]
    )
    picture = forms.FileField(label="Picture", required=False, help_text="JPEG, PNG or WebP, up to 10 MB.")
    colour = forms.CharField(label="Colour", required=False, widget=forms.TextInput(attrs={"type": "color"}))
    downloads = forms.BooleanField(label="People may download it", required=False)


def form(prefix: str = "sample") -> SampleForm:
    return SampleForm(
        initial={
            "title": "Sur la crête",
            "language": "fr",
            "visibility": "public",
            "downloads": True,
            "colour": "#8a1652",
        },
        prefix=prefix,
    )


def wrong_form(prefix: str = "wrong") -> SampleForm:
    """Sent with mistakes."""
    sent = {"title": "", "email": "ada at bouquet", "visibility": "", "language": "fr"}
    return SampleForm({f"{prefix}-{name}": value for name, value in sent.items()}, prefix=prefix)


class Message(str):
    """One of Django's messages."""

    tags: str

    def __new__(cls, text: str, tags: str) -> Message:
        made = super().__new__(cls, text)
        made.tags = tags
        return made
