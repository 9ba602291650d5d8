"""What newsletters offer to front pages: one line to subscribe."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from bouquet.kinds.newsletters.forms import SignUpForm
from bouquet.kinds.newsletters.models import Newsletter
from bouquet.kinds.newsletters.promise import promise


class SignUpBlock(blocks.StructBlock):
    """A band with a field for one's address. The site's first open list, or the one that is named."""

    title = blocks.CharBlock(label=_("Title"), max_length=80, required=False)
    letter = blocks.CharBlock(
        label=_("Short name of the newsletter"), max_length=60, required=False, help_text=_("Empty: the site’s first.")
    )

    def fill(self, value: Any, request: HttpRequest, network_sites: list[Any]) -> dict[str, Any]:
        site: Any = request.site  # type: ignore[attr-defined]
        letters = Newsletter.objects.filter(site=site, is_open=True).order_by("pk")
        if value["letter"]:
            letters = letters.filter(slug=value["letter"])
        letter = letters.first() if site.has_kind("newsletters") else None
        if letter is not None:
            letter.site = site
        return {"letter": letter, "form": SignUpForm(), "promise": promise(letter) if letter else ""}

    def why_empty_when_filled(self, filled: dict[str, Any]) -> str:
        return "" if filled["letter"] else str(_("This site has no newsletter that readers can subscribe to."))

    class Meta:
        label = _("Newsletter")
        icon = "mail"
        template = "newsletters/block.html"
