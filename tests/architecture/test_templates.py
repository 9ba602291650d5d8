"""Templates hold no inline style, script or handler (the policy would refuse them), and stay in their own app."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.floors import HOUSE, app_of, templates

INLINE = {
    "a style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a handler": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    # data blocks (JSON, JSON-LD) are not script, and scripts with an address are not inline
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(ld\+)?json)", re.I),
}
LOADS = re.compile(r"{%\s*(include|extends)\s+[\"']([^\"']+)[\"']")
# What every app may build on: the pages' frames and the pieces of the look, and the desk's own frames.
SHARED = ("ui/", "base.html", "bare.html", "wagtailadmin/", "account/", "allauth/", "socialaccount/", "mfa/", "admin/")
# Pieces that works offers to every kind: a button with its form, whose view is works' own.
OFFERED = {
    "works/follow.html",
    "works/reaction.html",
    "works/membership.html",
    "works/playlist_panel.html",
    "works/collection_cards.html",
    "comments/panel.html",
    "tasks/buttons.html",
}


def without_comments(path: Path) -> str:
    text = re.sub(r"{#.*?#}", "", path.read_text())
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", text, flags=re.S)
    # a tag inside a tag (`<a {% if x > 1 %}…>`) must not end it early
    return re.sub(r"{%.*?%}|{{.*?}}", lambda found: re.sub(r"[<>]", " ", found[0]), text)


def room_of(path: Path) -> Path:
    """The folder that holds `templates/`."""
    parts = path.parts
    return Path(*parts[: parts.index("templates")])


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds(what: str) -> None:
    found = [str(path.relative_to(HOUSE)) for path in templates() if INLINE[what].search(without_comments(path))]
    assert not found


def test_a_template_takes_pieces_from_its_own_app_or_from_the_look() -> None:
    strangers = []
    for path in templates():
        room = room_of(path)
        if app_of(".".join(room.relative_to(HOUSE.parent).parts)) is None:
            continue  # the frames of the toolkit gather what apps bring (the network's bar…)
        for _how, name in LOADS.findall(without_comments(path)):
            if name not in OFFERED and not name.startswith(SHARED) and not (room / "templates" / name).exists():
                strangers.append(f"{path.relative_to(HOUSE)} takes {name}")
    assert not strangers


def test_there_are_templates_to_look_at() -> None:
    assert len(templates()) > 30
