"""What an article is made of. A block is what an editor fills in; story.py says what a reader gets of it."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from bouquet.kinds.articles.outside import names_let_in, outside_player
from bouquet.shared.fronts.work_chooser import WorkChooserBlock

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
IN_A_BOX = ["bold", "italic", "ol", "ul", "link"]
MOST_CELLS = 2000
MOST_PICTURES = 200  # of one gallery


class ShownPictureBlock(blocks.StructBlock):
    """A picture with what is said of it here."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False)
    alternative = blocks.CharBlock(
        label=_("What it shows, for who cannot see it"),
        max_length=255,
        required=False,
        help_text=_("Empty: as the picture itself says it."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        picture = cleaned["picture"]
        if picture is None:
            return cleaned  # a draft that is saved by itself: nothing is chosen yet
        if not (picture.credit and picture.licence):
            words = _("This picture lacks its credit or its licence: complete it among the pictures first.")
            raise StructBlockValidationError({"picture": ValidationError(words)})
        return cleaned

    class Meta:
        label = _("Picture")
        icon = "image"


class PictureBlock(ShownPictureBlock):
    width = blocks.ChoiceBlock(
        label=_("Width"),
        choices=[("text", _("of the text")), ("wide", _("wider than the text")), ("page", _("of the whole page"))],
        default="text",
    )


class GalleryBlock(blocks.StructBlock):
    """Several pictures side by side, in the order they are read; a click opens them over the whole screen."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    pictures = blocks.ListBlock(
        ShownPictureBlock(),
        label=_("Pictures"),
        min_num=2,
        max_num=MOST_PICTURES,
        default=[{}, {}],
        help_text=_("Drop them here, several at once. The arrows, or the six dots, change their order."),
    )

    class Meta:
        label = _("Gallery")
        icon = "image"


class QuoteBlock(blocks.StructBlock):
    words = blocks.TextBlock(label=_("What was said"), max_length=600)
    by = blocks.CharBlock(label=_("By whom"), max_length=160, required=False)

    class Meta:
        label = _("Quotation")
        icon = "openquote"


class TableBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    cells = blocks.TextBlock(
        label=_("Cells"),
        max_length=20_000,
        help_text=_(
            "Copy them from a spreadsheet and paste them here: a line for each row, the first one its headings."
        ),
    )
    source = blocks.CharBlock(label=_("Source"), max_length=200, required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        rows = rows_of(cleaned["cells"])
        if not rows:
            return cleaned  # as above
        if len(rows) < 2 or len(rows[0]) < 2:
            raise _wrong_cells(_("A table needs two rows and two columns at least."))
        if sum(len(row) for row in rows) > MOST_CELLS:
            raise _wrong_cells(_("A table has at most %(number)s cells.") % {"number": MOST_CELLS})
        return cleaned

    class Meta:
        label = _("Table")
        icon = "table"


def _wrong_cells(words: Any) -> StructBlockValidationError:
    return StructBlockValidationError({"cells": ValidationError(words)})


def rows_of(cells: str) -> list[list[str]]:
    """As spreadsheets copy: tabs between cells; semicolons where there is no tab. Short rows are filled up."""
    lines = [line for line in cells.splitlines() if line.strip()]
    mark = "\t" if any("\t" in line for line in lines) else ";"
    rows = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=mark)]
    widest = max((len(row) for row in rows), default=0)
    return [row + [""] * (widest - len(row)) for row in rows]


class FactsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=IN_A_BOX)

    class Meta:
        label = _("Fact box")
        icon = "info-circle"


class EntryBlock(blocks.StructBlock):
    """What has just happened, in an article written while it happens. Shown newest first, wherever it stands."""

    at = blocks.DateTimeBlock(label=_("When"), required=False, help_text=_("Empty: the moment it is saved."))
    title = blocks.CharBlock(label=_("Title"), max_length=200, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=IN_A_BOX)
    pinned = blocks.BooleanBlock(label=_("Keep it at the top"), required=False)
    corrected = blocks.CharBlock(
        label=_("What was wrong"), max_length=300, required=False, help_text=_("Readers see it below the entry.")
    )
    last = blocks.BooleanBlock(label=_("The live ends with this entry"), required=False)

    def clean(self, value: Any) -> Any:
        """An hour that stood in the form from the beginning would be that of who opened the page, not of the entry."""
        cleaned = super().clean(value)
        cleaned["at"] = cleaned["at"] or timezone.now().replace(microsecond=0)
        return cleaned

    class Meta:
        label = _("Live entry")
        icon = "time"


class ChapterBlock(blocks.StructBlock):
    """Begins a part of a long article; two of them and more make a list of contents, each with its own address."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)

    class Meta:
        label = _("Chapter")
        icon = "title"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=400)
    answer = blocks.RichTextBlock(label=_("Answer"), features=IN_A_BOX)

    class Meta:
        label = _("Question and answer")
        icon = "help"


def _in_a_week() -> datetime:
    return (timezone.now() + timedelta(days=7)).replace(second=0, microsecond=0)


class PollBlock(blocks.StructBlock):
    """What readers are asked. Answers are known by their lines: votes stay with them when others are moved."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answers = blocks.ListBlock(
        blocks.CharBlock(label=pgettext_lazy("of a poll", "Answer"), max_length=120),
        label=_("Answers"),
        min_num=2,
        max_num=8,
        default=["", ""],
    )
    closes_at = blocks.DateTimeBlock(label=_("Closes on"), default=_in_a_week)
    results_first = blocks.BooleanBlock(
        label=_("Show the results before voting"),
        required=False,
        help_text=_("Else who has voted sees them, and everybody when the poll is closed."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        said = [bare for words in cleaned["answers"] if (bare := words.strip().casefold())]
        if len(set(said)) < len(said):
            raise StructBlockValidationError({"answers": ValidationError(_("Two answers are the same."))})
        return cleaned

    class Meta:
        label = _("Poll")
        icon = "tasks"


class WorkBlock(blocks.StructBlock):
    work = WorkChooserBlock(label=_("A video, or another work of the network"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False)

    class Meta:
        label = _("Video or album of the network")
        icon = "media"


def _whose() -> str:
    return _("A film, a sound or a post. From: %(names)s.") % {"names": names_let_in()}


class OutsideBlock(blocks.StructBlock):
    """Something of others, by allow-list: readers see a button, and nothing of theirs before they press it."""

    address = blocks.URLBlock(label=_("Address"), max_length=300, help_text=lazy(_whose, str)())
    title = blocks.CharBlock(label=_("What it is"), max_length=200)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["address"] and outside_player(cleaned["address"]) is None:
            words = _("This cannot be shown here. Give the address of one film, sound or post from: %(names)s.")
            raise StructBlockValidationError({"address": ValidationError(words % {"names": names_let_in()})})
        return cleaned

    class Meta:
        label = _("Film, sound or post from elsewhere")
        icon = "link-external"


def body_blocks() -> list[tuple[str, blocks.Block]]:
    return [
        # Kept through Wagtail's allow-list of tags for these features: what else is pasted does not survive saving.
        # One that is left empty keeps nobody from publishing: readers get nothing of it.
        ("text", blocks.RichTextBlock(label=_("Text"), features=FEATURES, icon="pilcrow", required=False)),
        ("chapter", ChapterBlock()),
        ("picture", PictureBlock()),
        ("gallery", GalleryBlock()),
        ("entry", EntryBlock()),
        ("quote", QuoteBlock()),
        ("question", QuestionBlock()),
        ("facts", FactsBlock()),
        ("table", TableBlock()),
        ("poll", PollBlock()),
        ("work", WorkBlock()),
        ("outside", OutsideBlock()),
    ]
