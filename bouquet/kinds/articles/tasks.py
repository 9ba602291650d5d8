"""What the newsroom does later, or by the clock."""

from __future__ import annotations

from django.core.management import call_command
from django.db import transaction
from modelsearch.backends import get_search_backends
from wagtail.models import ReferenceIndex

from bouquet.kinds.articles.covers import make_cover
from bouquet.kinds.articles.models import Article, ArticlePage, Reply
from bouquet.kinds.articles.months import recount_all
from bouquet.kinds.articles.pictures import prepare_pictures
from bouquet.kinds.articles.replies.forgetting import forget_who_asked
from bouquet.kinds.articles.replies.letters import send_letter
from bouquet.kinds.articles.replies.telling import remind_of_what_is_due
from bouquet.toolkit.page_cache.actions import clear_pages
from bouquet.toolkit.tasks import daily, every, heartbeat, task


@task(lane="first", priority=20, key="cover {article_id}")  # a second, and whoever shares it waits: before films
def cover_article(article_id: int) -> None:
    """Its picture on cards."""
    article = Article.objects.filter(pk=article_id).select_related("page__picture", "cover").first()
    if article is not None:
        make_cover(article)


@task(key="pictures {article_id}")
def prepare_article(article_id: int) -> None:
    """The sizes that its page shows: seconds of a processor for each picture."""
    article = Article.objects.filter(pk=article_id).select_related("page__picture").first()
    if article is not None:
        prepare_pictures(article.page)
        clear_pages(f"work:{article_id}")  # it was shown with what was ready


@task(retries=5, timeout=1800)
def index_pages(page_ids: list[int]) -> None:
    """What Wagtail does in two tasks for each page that is saved: the desk finds it, and knows what it refers to."""
    pages = list(ArticlePage.objects.filter(pk__in=page_ids).select_related("owner"))
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(ArticlePage, pages)
    for page in pages:
        with transaction.atomic():
            ReferenceIndex.create_or_update_for_object(page)
        heartbeat()


@every(minutes=1)
@task(lane="first")
def keep_the_hour() -> None:
    """Wagtail's own schedule: what is to go live does, what has expired is unpublished."""
    call_command("publish_scheduled", verbosity=0)


@task(retries=5, key="reply letter {reply_id} {state}")
def write_letter(reply_id: int, state: str) -> None:
    """To who asked for a right of reply. `state` as it was: what has changed since has a letter of its own."""
    reply = Reply.objects.filter(pk=reply_id, state=state).select_related("site", "article__site").first()
    if reply is not None:
        send_letter(reply)


@every(minutes=60)
@task
def remind_of_replies() -> None:
    remind_of_what_is_due()


@daily("03:50")
@task(lane="extras")
def let_go_of_requesters() -> None:
    """Who asked for a right of reply, a year after it was decided."""
    forget_who_asked()


@daily("04:20")
@task(lane="extras")
def count_months() -> None:
    recount_all()
