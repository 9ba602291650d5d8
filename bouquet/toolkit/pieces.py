"""The pieces of templates/ui/ and what the style guide shows each with. A new one needs a line here (a test asks)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from bouquet.toolkit import samples

UI = Path(__file__).parent / "templates" / "ui"
DOC = re.compile(r"\{#\s*(.*?)\s*#\}", re.S)


@dataclass
class Piece:
    """An include, and the variables of each time it is shown."""

    name: str
    shown: list[dict[str, Any]] = field(default_factory=lambda: [{}])
    width: str = ""  # "", or "whole" for what needs the page's width

    @property
    def about(self) -> str:
        """Its own words: the comment at the top of the template."""
        found = DOC.match((UI / f"{self.name}.html").read_text())
        return found.group(1) if found else ""

    def live(self, request: HttpRequest) -> list[SafeString]:
        return [render_to_string(f"ui/{self.name}.html", variables, request) for variables in self.shown]


def groups(site: Any) -> list[tuple[Any, list[Piece]]]:
    return [
        (_("Works"), _works(site)),
        (_("Pages"), _pages()),
        (_("Small pieces"), _small()),
        (_("Messages"), _messages()),
        (_("Forms"), _forms()),
    ]


def _works(site: Any) -> list[Piece]:
    works = samples.works(site)
    ada = samples.somebody("Ada Lambert")
    here = {"site": site}
    own = getattr(site, "pk", 0)
    draft = samples.SampleWork(
        "Un été, brouillon", "snow", ada, state="draft", visibility="private", views=0, site_id=own
    )
    arriving = samples.SampleWork(
        "Tout juste envoyée", "sea", ada, None, is_processing=True, views=0, without_picture=True, site_id=own
    )
    return [
        Piece("hero", [{**here, "work": works[0], "kicker": "À la une"}], "whole"),
        Piece("work_grid", [{**here, "works": works[:5], "layout": "lead"}], "whole"),
        Piece("work_card", [{**here, "work": work} for work in (works[1], works[4], draft, arriving)], "whole"),
        Piece("work_list", [{**here, "works": works[2:5]}]),
        Piece("work_states", [{"work": draft}, {"work": arriving}]),
        Piece("picture", [{"asset": works[6].poster}, {"asset": None}]),
        Piece("more", [{"next_url": "?more"}]),
        Piece("site_card", [{"site_of": site}] if site else []),
    ]


def _pages() -> list[Piece]:
    return [
        Piece(
            "page_head",
            [
                {"kicker": "Account", "title": "My videos", "lead": "All that you sent, newest first."},
                {
                    "back_url": "#",
                    "back_label": "My videos",
                    "title": "Sur la crête",
                    "action_url": "#",
                    "action_label": "Publish",
                },
            ],
        ),
        Piece("breadcrumbs", [{"trail": [("Videos", "#"), ("Channels", "#")], "here": "Ada Lambert"}]),
        Piece(
            "tabs", [{"tabs": [("All", "#", True), ("Videos", "#", False), ("People", "#", False)], "label": "Sorts"}]
        ),
        Piece(
            "side_nav",
            [
                {
                    "links": [
                        ("user", "Profile", "#", True),
                        ("key-round", "Tokens", "#", False),
                        ("bell", "Notices", "#", False),
                    ],
                    "label": "My account",
                }
            ],
        ),
        Piece("narrow", [{"choices": _choices(), "action": "", "label": "Which videos"}]),
        Piece(
            "chosen", [{"chosen": [{"label": "Nature", "url": "#"}, {"label": "Français", "url": "#"}], "all_url": "#"}]
        ),
        Piece("scheme_switch", [{"brand": None}]),
        Piece("theme_color"),
    ]


def _choices() -> list[dict[str, Any]]:
    lengths = [("", "Any length"), ("short", "Under 4 minutes"), ("long", "Over 20 minutes")]
    orders = [("", "The latest"), ("liked", "Most liked")]
    return [
        {"name": "length", "label": "Length", "options": lengths, "chosen": "short"},
        {"name": "order", "label": "Order", "options": orders, "chosen": ""},
    ]


def _small() -> list[Piece]:
    ada, zoom = samples.somebody("Ada Lambert"), samples.somebody("Zoom")
    return [
        Piece(
            "avatar", [*({"person": ada, "size": size} for size in ("small", "", "large", "huge")), {"channel": zoom}]
        ),
        Piece("avatar_face", [{"of": zoom, "sort": "channel", "size": "large"}]),
        Piece(
            "badge",
            [
                {"text": "Draft"},
                *({"text": kind, "kind": kind, "icon": "tag"} for kind in ("good", "warn", "bad", "accent")),
            ],
        ),
        Piece(
            "chip", [{"label": "Montagne", "url": "#"}, {"label": "Mer", "url": "#", "current": True, "icon": "hash"}]
        ),
        Piece(
            "comment", [{"person": ada, "text": "Cette lumière… C’est où ?", "moment": samples.works()[0].published_at}]
        ),
        Piece("skeleton"),
    ]


def _messages() -> list[Piece]:
    dialog = {
        "id": "sample-dialog",
        "title": "Remove this video?",
        "text": "It cannot be brought back. Its page, its comments and its address go with it.",
        "action": "#",
        "method": "dialog",
        "submit": "Remove",
        "submit_kind": "danger",
        "opener": "Open a dialog",
    }
    return [
        Piece("alert", [{"kind": kind, "title": title, "text": text} for kind, title, text in ALERTS]),
        Piece("messages", [{"messages": [samples.Message("Your changes are kept.", "success")]}]),
        Piece("progress", [{"value": 0.42, "label": "Sending"}, {"value": None, "label": "Being prepared"}]),
        Piece("empty", [{"drawing": drawing, "title": title, "text": text} for drawing, title, text in EMPTY]),
        Piece("dialog", [dialog]),
        Piece("viewer", [{"name": "Photos"}]),  # closed, as a page has it
    ]


def _forms() -> list[Piece]:
    form, wrong = samples.form(), samples.wrong_form()
    return [
        Piece("field", [{"field": samples.form("field")[name]} for name in ("title", "about")]),
        Piece("field_notes", [{"field": samples.wrong_form("notes")["email"]}]),
        Piece("optional", [{"field": form["about"]}]),
        Piece("form", [{"form": form, "submit": "Publish", "cancel_url": "#"}, {"form": wrong, "submit": "Publish"}]),
        Piece("form_errors", [{"form": wrong}]),
    ]


ALERTS = [
    ("info", "", "The film is kept for thirty days."),
    ("good", "Published", "Everybody can see it now."),
    ("warn", "Nearly full", "You have used 92 % of your room."),
    ("bad", "It was not sent", "The file is empty. Choose another one."),
]
EMPTY = [
    ("stage", "The stage is yours", "Send a first video and it appears here."),
    ("desk", "The desk is clear", "Nothing waits for you."),
    ("letter", "No letters today", ""),
    ("search", "Nothing by that name", "Try fewer words, or another spelling."),
]
