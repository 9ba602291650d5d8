"""Rows and blocks as plain values that another installation understands: no key of this database is in them.

Pictures, works and pages are named by a `Carrier`: outward it gives a name for a key, inward a key for a name. Which
fields a model has is asked of the model, and which blocks of the field: what they get tomorrow is carried, too.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any, Protocol

import nh3
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.blocks.list_block import ListBlock
from wagtail.blocks.stream_block import BaseStreamBlock
from wagtail.blocks.struct_block import BaseStructBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from bouquet.shared.fronts.work_chooser import WorkChooserBlock
from bouquet.shared.network.models import Picture
from bouquet.shared.works.models import Work

LINK = re.compile(r'<a\b([^>]*\blinktype="page"[^>]*)>')
WRITTEN = {
    "p",
    "h2",
    "h3",
    "h4",
    "b",
    "i",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "a",
    "br",
    "hr",
    "sup",
    "sub",
    "s",
    "code",
}
MARKED = {"a": {"href", "linktype", "id"}, "*": {"data-block-key"}}
ID = re.compile(r'\bid="([^"]*)"')


class Carrier(Protocol):
    """Names for keys, or keys for names; None where there is none."""

    def picture(self, value: Any) -> Any: ...
    def work(self, value: Any) -> Any: ...
    def page(self, value: Any) -> Any: ...
    def text(self, html: str) -> str: ...


def fields_of(row: models.Model, carrier: Carrier, *, leave: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What this model itself says of the row, its children included; keys of people and of sites stay behind."""
    told = {}
    for field in _own_fields(row):
        if field.name not in leave:
            carried, value = _told(field, row, carrier)
            if carried:
                told[field.name] = value
    for relation in get_all_child_relations(type(row)) if isinstance(row, Page) else []:
        name = relation.get_accessor_name()
        if name and name not in leave and relation.model is type(row):
            told[name] = [
                fields_of(child, carrier, leave=frozenset({"sort_order"})) for child in getattr(row, name).all()
            ]
    return told


def set_fields(
    row: models.Model, said: dict[str, Any], carrier: Carrier, *, leave: frozenset[str] = frozenset()
) -> None:
    """Fields that this model knows, of what was told; what it does not know is passed over.

    Raises ValidationError for a value that is none.
    """
    for field in _own_fields(row):
        if field.name in said and field.name not in leave:
            _set(field, row, said[field.name], carrier)
    for relation in get_all_child_relations(type(row)) if isinstance(row, Page) else []:
        name = relation.get_accessor_name()
        if name and name not in leave and isinstance(said.get(name), list):
            children = [_child(relation.related_model, each, carrier, place) for place, each in enumerate(said[name])]
            setattr(row, name, [child for child in children if child is not None])


def carried_blocks(block: Any, value: Any, carrier: Carrier) -> Any:
    """A block's raw value with other names in it. `value` is as the database keeps it."""
    if isinstance(block, BaseStreamBlock):
        known = block.child_blocks
        pieces = value if isinstance(value, list) else []
        return [
            piece | {"value": carried_blocks(known[piece["type"]], piece.get("value"), carrier)}
            for piece in pieces
            if isinstance(piece, dict) and piece.get("type") in known
        ]
    if isinstance(block, BaseStructBlock):
        said = value if isinstance(value, dict) else {}
        return {
            name: carried_blocks(child, said[name], carrier)
            for name, child in block.child_blocks.items()
            if name in said
        }
    if isinstance(block, ListBlock):
        items = value if isinstance(value, list) else []
        return [
            item | {"value": carried_blocks(block.child_block, item.get("value"), carrier)}
            if isinstance(item, dict) and item.get("type") == "item"
            else carried_blocks(block.child_block, item, carrier)
            for item in items
        ]
    if isinstance(block, blocks.RichTextBlock):
        return carried_text(value or "", carrier)
    if isinstance(block, ImageChooserBlock):
        return None if value is None else carrier.picture(value)
    if isinstance(block, WorkChooserBlock):
        return None if value is None else carrier.work(value)
    if isinstance(block, blocks.PageChooserBlock):
        return None if value is None else carrier.page(value)
    return None if isinstance(block, blocks.ChooserBlock) else value


def carried_text(html: str, carrier: Carrier) -> str:
    """Links to pages of the tree. One that leads to no page that is carried keeps its words."""

    def named(found: re.Match[str]) -> str:
        said = ID.search(found[1])
        name = carrier.page(unescape(said[1])) if said else None
        return f'<a linktype="page" id="{escape(str(name))}">' if name is not None else "<a>"

    return LINK.sub(named, carrier.text(html))


def clean_text(html: str) -> str:
    """Rich text that a stranger's file brings: what the desk's editor could have written, and nothing else."""
    return nh3.clean(
        html, tags=WRITTEN, attributes=MARKED, url_schemes={"http", "https", "mailto", "tel"}, link_rel=None
    )


def _own_fields(row: models.Model) -> list[Any]:
    """Its own, and of what every page has those that an editor fills in."""
    fields = [
        field
        for field in row._meta.local_fields
        if not field.primary_key and not isinstance(field, models.GeneratedField)
    ]
    if isinstance(row, Page):
        kept = ("title", "slug", "seo_title", "search_description", "first_published_at", "last_published_at")
        fields += [Page._meta.get_field(name) for name in (*kept, "go_live_at", "expire_at", "show_in_menus")]
    return [field for field in fields if not isinstance(field, ParentalKey)]


def _told(field: Any, row: models.Model, carrier: Carrier) -> tuple[bool, Any]:
    if field.is_relation:
        ask = _asker(field, carrier)
        key = getattr(row, field.attname)
        return ask is not None, ask(key) if ask is not None and key is not None else None
    if isinstance(field, StreamField):
        return True, carried_blocks(field.stream_block, list(getattr(row, field.name).raw_data), carrier)
    value = getattr(row, field.name)
    return True, value if isinstance(value, (str, int, float, bool, list, dict, type(None))) else field.get_prep_value(
        value
    )


def _set(field: Any, row: models.Model, value: Any, carrier: Carrier) -> None:
    if field.is_relation:
        if ask := _asker(field, carrier):
            setattr(row, field.attname, ask(value) if value is not None else None)
        return
    if isinstance(field, StreamField):
        raw = carried_blocks(field.stream_block, value, carrier)
        setattr(row, field.name, blocks.StreamValue(field.stream_block, raw, is_lazy=True))
        return
    value = field.to_python(value)
    if isinstance(value, str) and "\x00" in value:
        raise ValidationError("NUL")
    setattr(row, field.name, value)


def _asker(field: Any, carrier: Carrier) -> Any:
    to = field.related_model
    if issubclass(to, Picture):
        return carrier.picture
    if issubclass(to, Page):
        return carrier.page
    return carrier.work if issubclass(to, Work) else None


def _child(model: Any, said: Any, carrier: Carrier, place: int) -> Any:
    """None where it belongs to something that did not come (a line signed by nobody)."""
    child = model()
    set_fields(child, said if isinstance(said, dict) else {}, carrier)
    lacking = [
        field
        for field in _own_fields(child)
        if field.is_relation and not field.null and getattr(child, field.attname) is None
    ]
    if hasattr(child, "sort_order"):
        child.sort_order = place
    return None if lacking else child
