"""What the newsroom does later, or by the clock."""

from __future__ import annotations

from django.core.management import call_command

from bouquet.kinds.articles.covers import make_cover
from bouquet.kinds.articles.models import Article
from bouquet.kinds.articles.pictures import prepare_pictures
from bouquet.toolkit.tasks import every, task


@task(lane="first", key="cover {article_id}")
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


@every(minutes=1)
@task(lane="first")
def keep_the_hour() -> None:
    """Wagtail's own schedule: what is to go live does, what has expired is unpublished."""
    call_command("publish_scheduled", verbosity=0)
