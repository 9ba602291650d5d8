"""Blocks of an editor's own words and pictures."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr", "blockquote"]


class WordsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=80, required=False)
    # Kept through Wagtail's allow-list of tags and attributes for these features: nothing else survives saving.
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES)

    def why_empty(self, value: Any) -> str:
        words = strip_tags(value["text"].source if value["text"] else "").replace("\xa0", " ")
        return "" if words.strip() else str(_("It has no words yet."))

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "fronts/blocks/words.html"


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("Picture"), required=False)
    caption = blocks.CharBlock(label=_("Caption"), max_length=200, required=False)
    width = blocks.ChoiceBlock(
        label=_("Width"), choices=[("text", _("of a text")), ("page", _("of the page"))], default="page"
    )

    def why_empty(self, value: Any) -> str:
        return "" if value["picture"] else str(_("No picture has been chosen, or it was deleted."))

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "fronts/blocks/picture.html"


class PromoBlock(blocks.StructBlock):
    """A band in the accent colour: something to announce, or a sentence to quote."""

    text = blocks.CharBlock(label=_("Sentence"), max_length=180)
    by = blocks.CharBlock(label=_("Who says so, or one line more"), max_length=120, required=False)
    label = blocks.CharBlock(label=_("Words on the button"), max_length=40, required=False)
    address = blocks.CharBlock(
        label=_("Where the button leads"),
        max_length=300,
        required=False,
        help_text=_("A path of this site (/videos/) or a whole address (https://…)."),
    )
    is_quote = blocks.BooleanBlock(label=_("It is a quotation"), required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        address = cleaned["address"]
        if address and (not address.startswith(("/", "https://", "http://")) or address.startswith("//")):
            raise StructBlockValidationError(
                {"address": ValidationError(_("Start with / for a page of this site, or with https:// for another."))}
            )
        return cleaned

    class Meta:
        label = _("Banner or quotation")
        icon = "openquote"
        template = "fronts/blocks/promo.html"
