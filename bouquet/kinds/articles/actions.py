"""Verbs of the newsroom. A page becomes a work of the network when it is published, follows it, and leaves with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.log_actions import log
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published
from wagtail.tasks import update_reference_index_task

from bouquet.kinds.articles.models import (
    Article,
    ArticlePage,
    AuthorPage,
    Byline,
    Form,
    Gone,
    ImportedPost,
    SectionPage,
    SeriesPage,
)
from bouquet.kinds.articles.months import recount
from bouquet.kinds.articles.polls.actions import put_up_polls
from bouquet.kinds.articles.tasks import cover_article, prepare_article
from bouquet.kinds.articles.wording import text_of
from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.actions import remove_asset
from bouquet.shared.network.models import Picture, Site
from bouquet.shared.works import actions as works
from bouquet.shared.works.models import Channel
from bouquet.toolkit.page_cache.actions import clear_pages

KIND = "articles"


def put_up_article(page: ArticlePage) -> Article | None:
    """A page has gone live, or a live one has changed: its work says the same, in the same transaction.

    The first hour of publication stays; what the editors took down (works' desk) stays down until they give it back.
    None where the page hangs in no site of the network.
    """
    site = page.site
    if site is None:
        return None
    with transaction.atomic():
        article = Article.objects.select_for_update().filter(page=page).first()
        authors = [byline.author for byline in page.bylines.select_related("author")]
        card, was_in = _card_of(page, site, authors), article.series_id if article else None
        is_new, first_time = article is None, article is None or article.state == Article.State.DRAFT
        if article is None:
            article = Article(page=page, uid=page.uid, kind=KIND, state=Article.State.DRAFT, **card)
            article.save()
        else:
            works.change_work(article, by=None, **card)
        if was_in and was_in != article.series_id:
            clear_pages(f"page:{was_in}")
        article.authors.set(authors)
        if page.translated_from_id:
            Article.objects.filter(page=page.translated_from_id).update(family=page.translated_from_id)
        set_tags = works.put_tags if is_new else works.set_tags  # of what is new, its publication says all
        set_tags(article, page.theme_names)
        put_up_polls(article, page)
        if first_time:
            keep_old_addresses(article)
        for sending in page.sendings.select_related("site"):
            works.add_guest(article, sending.site)  # not where its editors turned it away
        if article.state in (Article.State.DRAFT, Article.State.HIDDEN):
            works.publish_work(article, by=None, at=page.first_published_at)
        recount(article)
        cover_article.enqueue(article.pk)
        prepare_article.enqueue(article.pk)
    return article


def keep_work_ready(page: ArticlePage) -> Article | None:
    """The work of a page that is not published: what was said of it elsewhere has a place to wait in."""
    site, article = page.site, Article.objects.filter(page=page).first()
    if article is not None or site is None:
        return article
    authors = [byline.author for byline in page.bylines.select_related("author")]
    return Article.objects.create(
        page=page, uid=page.uid, kind=KIND, state=Article.State.DRAFT, **_card_of(page, site, authors)
    )


def prepare_again(article: Article) -> None:
    """A reader found that sizes are missing. Asked for once an hour: where the file itself is gone they never come."""
    if cache.add(f"articles.prepare:{article.pk}", True, 3600):
        prepare_article.enqueue(article.pk)


def _card_of(page: ArticlePage, site: Site, authors: list[AuthorPage]) -> dict[str, Any]:
    section = SectionPage.objects.parent_of(page).first()
    return card_of(page, site, authors, section=section, channel=works.channel_of_site(site), family=_family_of(page))


def card_of(
    page: ArticlePage,
    site: Site,
    authors: list[AuthorPage],
    *,
    section: SectionPage | None,
    channel: Channel,
    family: int | None = None,
) -> dict[str, Any]:
    """What its work says of a page. No query."""
    return {
        "site": site,
        "channel": channel,
        "author": page.owner,
        "title": works.one_line(page.title),
        "slug": page.work_slug,
        "summary": works.plain_text(page.lead),
        "language": site.language,
        "comments_policy": page.comments_policy,
        "comments_close_at": page.comments_close_at,
        "section": section,
        "series": page.series,
        "form": page.form,
        "signature": ", ".join(author.title for author in authors)[:300],
        "words": len(f"{page.lead} {text_of(page)}".split()),
        "revised_at": page.revised_at,
        "family": family,
        "credit": page.picture.credit[:300] if page.picture else "",
    }


def _family_of(page: ArticlePage) -> int | None:
    """Its original's number; its own where it is the original of some; None where there is but one language."""
    if page.translated_from_id:
        return page.translated_from_id
    return page.pk if page.translations.exists() else None


def keep_old_addresses(article: Article) -> None:
    """Where an imported one used to be: kept when it becomes a work, be it years after it came as a draft."""
    post = ImportedPost.objects.filter(page=article.page_id, state=ImportedPost.State.DONE).first()
    if post is not None:
        works.keep_addresses(article.pk, [(address, False) for address in post.old])


def withdraw_article(page: ArticlePage) -> None:
    """The page is published no more: nobody finds its work, nothing of it is lost."""
    if article := Article.objects.filter(page=page).first():
        works.hide_work(article, by=None)
        recount(article)


def forget_article(page: ArticlePage) -> None:
    """The page is being deleted. Its address says from now on that something was there (410)."""
    article = Article.objects.filter(page=page).select_related("cover").first()
    if article is None:
        return
    with transaction.atomic():
        Gone.objects.get_or_create(uid=article.uid, defaults={"site_id": article.site_id})
        cover = article.cover
        if article.series_id:
            clear_pages(f"page:{article.series_id}")
        works.remove_work(article, by=None)
        recount(article)
        if cover is not None:
            remove_asset(cover)


def sign_anew(author: AuthorPage) -> None:
    """An author has another name: articles that they signed say it."""
    for article in Article.objects.filter(authors=author).select_related("page"):
        names = [byline.author.title for byline in article.page.bylines.select_related("author")]
        works.change_work(article, by=None, signature=", ".join(names)[:300])


# ── What the desk does with forms, for the demo, imports and tests ───────────────────────────────────────────────────
@transaction.atomic
def add_section(site: Site, title: str, *, description: str = "", slug: str = "") -> SectionPage:
    return _hang(site, SectionPage(title=title, slug=slug or slugify(title), description=description))


@transaction.atomic
def add_author(
    site: Site, name: str, *, role: str = "", about: str = "", picture: Picture | None = None, slug: str = ""
) -> AuthorPage:
    return _hang(site, AuthorPage(title=name, slug=slug or slugify(name), role=role, about=about, picture=picture))


@transaction.atomic
def add_series(site: Site, title: str, *, description: str = "", slug: str = "") -> SeriesPage:
    return _hang(site, SeriesPage(title=title, slug=slug or slugify(title), description=description))


@transaction.atomic
def add_article(
    section: SectionPage,
    *,
    title: str,
    body: Iterable[tuple[str, Any]] = (),
    authors: Iterable[AuthorPage] = (),
    by: Person | None = None,
    published_at: datetime | None = None,
    publish: bool = True,
    form: str = Form.NEWS,
    slug: str = "",
    **fields: Any,
) -> ArticlePage:
    """A page in a section, published unless told otherwise; `published_at` in the past is its first hour."""
    slug = slug or slugify(title, allow_unicode=True)[:80].strip("-")
    page = ArticlePage(title=title, slug=slug, owner=by, form=form, live=False, body=list(body), **fields)
    page.first_published_at = published_at
    page.bylines = [Byline(author=author, sort_order=place) for place, author in enumerate(authors)]
    waits = page.go_live_at is not None and page.go_live_at > timezone.now()
    if publish and not waits:
        _hang_live(section, page, by)
        return page
    section.add_child(instance=page)
    revision = page.save_revision(user=by)
    if publish:
        revision.publish(user=by, skip_permission_checks=True)
        page.refresh_from_db()
    return page


def _hang_live(section: SectionPage, page: ArticlePage, by: Person | None) -> None:
    """What adding, a revision and its publication write one after the other, each row once: an import has thousands.

    Wagtail has every save of a page and of its lines indexed by a task of its own; here the page is, once.
    """
    page.live, page.last_published_at = True, timezone.now()
    page.first_published_at = page.first_published_at or page.last_published_at
    with disable_reference_index_auto_update():
        section.add_child(instance=page)
        revision = page.save_revision(user=by, changed=False, clean=False)
    page.live_revision = revision
    ArticlePage.objects.filter(pk=page.pk).update(live_revision=revision)
    update_reference_index_task.enqueue(page._meta.app_label, page._meta.model_name, str(page.pk))
    page_published.send(sender=ArticlePage, instance=page, revision=revision)
    log(instance=page, action="wagtail.publish", user=by, revision=revision, content_changed=True)


def _hang(site: Site, page: Any) -> Any:
    if site.wagtail_site is None:
        raise ValueError(f"{site} has no page tree")
    front = site.wagtail_site.root_page
    front.refresh_from_db(fields=["path", "depth", "numchild"])  # as the tree is now, not as the site was read
    front.add_child(instance=page)
    page.save_revision().publish()
    return page
