"""What the desk's form of an article looks at beside its fields.

What was voted on is not looked at in ArticlePage.clean: a draft of before the first vote must still be published, by
hand or at its hour.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.rich_text import RichText

from bouquet.kinds.articles.models.addresses import free_slug


class NewsroomForm(WagtailAdminPageForm):  # type: ignore[misc]
    """Finds a free address by itself where a title is used twice: nobody is stopped in writing, nothing in saving."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:  # a title of signs alone gives none
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """As it was written where that is free; the page's own stays its own."""
        slug, page = self.cleaned_data["slug"], self.instance
        if slug and Page._slug_is_available(slug, self.parent_page, page):
            return slug
        wanted = slug or self.cleaned_data.get("title", "")
        return free_slug(self.parent_page, wanted, page._meta.model_name.removesuffix("page"), but=page.pk)


class ArticleForm(NewsroomForm):
    """Knows the site of a page that does not hang in the tree yet: what a site lends its articles is asked of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A new article has its first text open: who comes to write, writes."""
        super().__init__(*args, **kwargs)
        if not self.instance.pk and not self.instance.body and "body" in self.fields:
            self.initial["body"] = StreamValue(self.instance.body.stream_block, [("text", RichText(""))])

    def clean(self) -> Any:
        if self.parent_page is not None and not self.instance.path:
            self.instance._site = self.parent_page.specific.site
        cleaned = super().clean()
        if words := rewritten_poll(self.instance.pk, cleaned.get("body")):
            self.add_error("body", words)
        return cleaned


def rewritten_poll(page_id: int | None, body: Any) -> str:
    """Once somebody has voted, what they voted on stands as it is; a sentence where it does not."""
    from bouquet.kinds.articles.models.poll import voted_on

    asked = {block.id: block.value for block in body or () if block.block_type == "poll"}
    for block, (question, answers) in (voted_on(page_id) if asked else {}).items():
        now = asked.get(block)
        lines = {line.id: line.value for line in now["answers"].bound_blocks} if now is not None else {}
        if now is not None and (now["question"], lines) != (question, answers):
            words = _(
                "People have voted in the poll “%(question)s”: its question and its answers stay as they are. "
                "Take it out and add another one, or put it back as it was."
            )
            return words % {"question": question}
    return ""
