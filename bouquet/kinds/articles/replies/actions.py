"""Ask for a reply, publish it as it is, refuse it with a reason, withdraw it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bouquet.kinds.articles.events import ReplyAsked
from bouquet.kinds.articles.models import Article, Reply
from bouquet.kinds.articles.tasks import write_letter
from bouquet.shared.accounts.models import Person
from bouquet.shared.works.actions import one_line, plain_text
from bouquet.toolkit.events import announce
from bouquet.toolkit.page_cache.actions import clear_pages

State = Reply.State


def ask_for_reply(
    article: Article, *, by: Person | None, name: str, email: str, standing: str, passage: str, text: str
) -> Reply:
    """The same request sent twice is one. That it comes in time is asked before (delays.may_be_asked)."""
    words: dict[str, Any] = {"passage": plain_text(passage), "text": plain_text(text)}
    with transaction.atomic():
        Article.objects.select_for_update().only("pk").get(pk=article.pk)  # a double click waits here
        known = Reply.objects.filter(article=article, email__iexact=email, state=State.WAITING, **words).first()
        if known is not None:
            return known
        reply = Reply.objects.create(
            article=article,
            site_id=article.site_id,
            title=article.title[:300],
            person=by,
            name=one_line(name)[:120],
            email=email,
            standing=standing,
            **words,
        )
        write_letter.enqueue(reply.pk, reply.state)
        announce(ReplyAsked(reply_id=reply.pk))
    return reply


def publish_reply(reply: Reply, *, by: Person) -> bool:
    """Word for word, below the article, for as long as the article stands. Also after a refusal. Whether it changed."""
    return _turn(reply, State.PUBLISHED, among=(State.WAITING, State.REFUSED), by=by, reason="")


def refuse_reply(reply: Reply, *, by: Person, reason: str) -> bool:
    return _turn(reply, State.REFUSED, among=(State.WAITING,), by=by, reason=plain_text(reason)[:1000])


def withdraw_reply(reply: Reply) -> bool:
    """Its requester wants it no more; what is published already stays: then it is the desk they write to."""
    return _turn(reply, State.WITHDRAWN, among=(State.WAITING,), by=None, reason="")


def _turn(reply: Reply, state: str, *, among: tuple[str, ...], by: Person | None, reason: str) -> bool:
    with transaction.atomic():
        row = Reply.objects.select_for_update().get(pk=reply.pk)
        if row.state not in among or (state == State.PUBLISHED and row.article_id is None):
            return False
        row.state, row.reason, row.decided_by, row.decided_at = state, reason, by, timezone.now()
        row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
        if state == State.PUBLISHED and row.article_id is not None:
            Article.objects.filter(pk=row.article_id).update(replies=F("replies") + 1)
            clear_pages(f"work:{row.article_id}")
        write_letter.enqueue(row.pk, row.state)
    reply.state, reply.reason, reply.decided_at = row.state, row.reason, row.decided_at
    return True
