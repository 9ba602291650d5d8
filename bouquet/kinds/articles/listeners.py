"""Who hears of what happens in the newsroom, and to its works (taken down, listed as a guest elsewhere)."""

from __future__ import annotations

from bouquet.kinds.articles.events import ReplyAsked
from bouquet.kinds.articles.models import Article, Reply
from bouquet.kinds.articles.months import recount
from bouquet.kinds.articles.replies.telling import tell_the_desk
from bouquet.shared.works.events import WorkChanged, WorkPublished
from bouquet.toolkit.events import at_once, on
from bouquet.toolkit.page_cache.actions import clear_pages


@on(ReplyAsked)
def tell_of_a_reply(event: ReplyAsked) -> None:
    reply = Reply.objects.filter(pk=event.reply_id).select_related("site").first()
    if reply is not None and reply.state == Reply.State.WAITING:
        tell_the_desk(reply, "articles.reply_asked")


@on(WorkChanged)
def count_its_month(event: WorkChanged) -> None:
    if article := Article.objects.filter(pk=event.work_id).first():
        recount(article)


@at_once(WorkPublished, WorkChanged)
def show_its_series_anew(event: WorkPublished | WorkChanged) -> None:
    """Its other parts say how many there are, and what comes before and after."""
    series = Article.objects.filter(pk=event.work_id, series__isnull=False).values_list("series", flat=True).first()
    if series is not None:
        clear_pages(f"page:{series}")
