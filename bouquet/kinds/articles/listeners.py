"""Who hears of what happens in the newsroom, and to its works (taken down, listed as a guest elsewhere)."""

from __future__ import annotations

from bouquet.kinds.articles.events import ReplyAsked
from bouquet.kinds.articles.models import Article, Reply
from bouquet.kinds.articles.months import recount
from bouquet.kinds.articles.replies.telling import tell_the_desk
from bouquet.shared.works.events import WorkChanged
from bouquet.toolkit.events import on


@on(ReplyAsked)
def tell_of_a_reply(event: ReplyAsked) -> None:
    reply = Reply.objects.filter(pk=event.reply_id).select_related("site").first()
    if reply is not None and reply.state == Reply.State.WAITING:
        tell_the_desk(reply, "articles.reply_asked")


@on(WorkChanged)
def count_its_month(event: WorkChanged) -> None:
    if article := Article.objects.filter(pk=event.work_id).first():
        recount(article)
