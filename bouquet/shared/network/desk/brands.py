"""Brands on the desk: colours with their contrast told while choosing, and a preview on a real front page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.snippets.views.snippets import SnippetViewSet

from bouquet.shared.network.models import NEEDED, READABLE, Brand
from bouquet.toolkit import typefaces


class ColourInput(forms.TextInput):
    """The browser's colour picker, and beside it the contrast with what it is read on (colour_input.js)."""

    input_type = "color"

    def __init__(self, *, on: list[str]) -> None:
        super().__init__(attrs={"data-read-on": " ".join(on), "data-needed": f"{NEEDED:g}"} if on else {})

    class Media:
        js = ["network/colour_input.js"]


def _colours(prefix: str) -> list[Any]:
    def panel(name: str) -> FieldPanel:
        grounds = [prefix + ground for text, ground in READABLE if text == name]
        return FieldPanel(prefix + name, widget=ColourInput(on=grounds))

    return [
        FieldRowPanel([panel("paper"), panel("surface")]),
        FieldRowPanel([panel("ink"), panel("quiet")]),
        FieldRowPanel([panel("accent"), panel("on_accent")]),
    ]


class BrandsDesk(SnippetViewSet):
    model = Brand
    url_prefix = "network/brands"
    base_url_path = "network/brands"
    menu_label = _("Brands")
    icon = "palette"
    list_display = ["name", "typefaces", "masthead", "cards", "scheme"]
    search_fields = ["name"]
    ordering = ["name"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("wordmark"),
                    FieldRowPanel([FieldPanel("logo"), FieldPanel("logo_dark")]),
                ],
                heading=_("Name"),
            ),
            ObjectList(
                [
                    FieldPanel("scheme"),
                    MultiFieldPanel(_colours(""), heading=_("Light")),
                    MultiFieldPanel(_colours("dark_"), heading=_("Dark")),
                ],
                heading=_("Colours"),
            ),
            ObjectList(
                [
                    FieldPanel("typefaces", widget=forms.Select(choices=typefaces.choices())),
                    FieldPanel("shape"),
                    FieldPanel("masthead"),
                    FieldPanel("cards"),
                ],
                heading=_("Type and shape"),
            ),
        ]
    )
