"""Many posts at once leave behind what one by one would: every row of every table is compared."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from bouquet.kinds.articles.models import Article, ArticlePage, Month
from bouquet.kinds.articles.moving import taking, together
from bouquet.kinds.articles.moving.models import ImportedPost
from bouquet.kinds.articles.moving.tests.elsewhere import attachment, post, wxr
from bouquet.kinds.articles.moving.tests.test_comments import TALK
from bouquet.kinds.articles.tests.make import visit
from bouquet.shared.comments.models import Comment
from bouquet.shared.notifications.models import Notice
from bouquet.shared.works.actions import channel_of_site, follow_channel
from bouquet.shared.works.models import Work
from bouquet.toolkit.fetch.tests.conftest import Elsewhere
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db
ONE_BY_ONE = timedelta(days=100_000)  # nothing came out so long ago
# How it came to be, not what it is; and what stands in no place without a key of its own.
PASSED_OVER = ("Asset", "Rendition", "PictureRendition", "TaskRow", "Clearing", "ArticleImport", "LogEntry", "Tally")
KEYS = {"id", "pk", "uid", "path", "uuid", "object_id", "to_object_id", "translation_key", "content_path_hash"}
KEYS |= {"title_norm"}  # of the desk's search: by what was in it before
BLOCK = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
KEY_IN_PATH = re.compile(r"\.\d+\.")  # of an inline row, in the index of references


def many(world: Elsewhere) -> str:
    home = world.url
    picture = f'<!-- wp:paragraph --><p>Words</p><!-- /wp:paragraph --><img src="{home}/up/boats.jpg" alt="Boats">'
    return wxr(
        post(1, home=home, more="".join(TALK)),
        post(2, home=home, text=picture, section="Sea"),
        post(3, home=home, slug="post-1", date="2021-06-07 08:09:10"),
        post(4, home=home, excerpt="", text="<p>Gone: <img src='http://10.0.0.1/x.jpg'></p>", section=""),
        attachment(90, f"{home}/up/boats.jpg", alt="Boats", caption="© Nadar"),
        home=home,
    )


def test_every_row_is_as_if_each_had_come_by_itself(
    world: Elsewhere, bring: Any, site: Any, photo: bytes, monkeypatch: Any
) -> None:
    world.gives("/up/boats.jpg", photo, "image/jpeg")
    channel_of_site(site)
    file, found = many(world), []
    for long_ago in (ONE_BY_ONE, together.LONG_AGO):
        monkeypatch.setattr(together, "LONG_AGO", long_ago)
        point = transaction.savepoint()
        with monkeypatch.context() as watched:
            alone: list[str] = []
            take = taking.take
            watched.setattr(taking, "take", lambda job, row, room: (alone.append(row.title), take(job, row, room)))  # noqa: B023
            job = bring("wxr", file)
        assert job.posts.filter(state="done").count() == 4, list(job.posts.values("title", "reason"))
        assert len(alone) == (4 if long_ago is ONE_BY_ONE else 0), alone
        run_all_tasks()
        found.append(everything())
        transaction.savepoint_rollback(point)
    by_itself, at_once = found
    assert at_once.keys() == by_itself.keys()
    for name in by_itself:
        for ours, theirs in zip(at_once[name], by_itself[name], strict=True):
            assert ours == theirs, name
    assert {"ArticlePage", "Revision", "PageLogEntry", "Article", "Entry", "ReferenceIndex", "Comment"} <= {*at_once}


def everything() -> dict[str, list[str]]:
    """The rows of all tables, without keys and hours of now; what a row points at by its words."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__name__ not in PASSED_OVER and model._meta.managed:
            rows = sorted(repr(_plain(row)) for row in model._default_manager.all())
            if rows:
                found[model.__name__] = rows
    return found


def _plain(row: models.Model) -> dict[str, Any]:
    said = {}
    for field in row._meta.concrete_fields:
        if field.name in KEYS or field.primary_key:
            continue
        value = getattr(row, field.attname)
        if field.is_relation and value is not None:
            target = getattr(row, field.name)
            value = next((v for name in ("title", "text", "name", "slug") if (v := getattr(target, name, ""))), "there")
        said[field.name] = _bare(value)
    return said


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        skipped = KEYS | {"page", "work", "latest_revision", "picture", "author", "latest_revision_created_at"}
        return {name: _bare(each) for name, each in value.items() if name not in skipped}
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if hasattr(value, "year") and hasattr(value, "tzinfo"):
        return "now" if timezone.now() - value < timedelta(hours=1) else value
    if isinstance(value, str) and value[:10] == f"{timezone.now():%Y-%m-%d}":
        return "now"
    if isinstance(value, str) and value.startswith('[{"'):
        return _bare(json.loads(value))  # a body in a revision
    if isinstance(value, FieldFile):
        return "a file"
    if isinstance(value, str):
        return KEY_IN_PATH.sub(".key.", BLOCK.sub("block", value))
    if hasattr(value, "raw_data"):
        return [(block["type"], _bare(block["value"])) for block in value.raw_data]
    return value


def test_readers_and_the_desk_find_what_came(bring: Any, site: Any) -> None:
    home = f"https://{site.host}"
    page = bring("wxr", wxr(post(1, home=home, title="Ferries", more="".join(TALK)), post(2, home=home), home=home))
    page = page.posts.get(title="Ferries").page
    run_all_tasks()
    client, article = Client(headers={"host": site.host}), page.article
    assert visit(page).status_code == 200
    author = article.authors.get()
    for path in ("/search/?q=ferries", "/articles/", "/articles/sections/culture/", author.own_path()):
        assert article.path in client.get(path).text, path
    assert article.path in client.get("/articles/archive/2019/3/").text
    assert Month.objects.get(site=site).number == 2
    assert article.path in client.get("/feed/rss.xml?kind=articles").text
    assert client.get("/2019/03/post-1/")["Location"] == article.address
    assert article.comment_count == Comment.objects.filter(state="live").count() == 4
    assert page.live_revision == page.latest_revision and not page.has_unpublished_changes
    assert page.live_revision.as_object().title == "Ferries"
    page.title = "Ferries and trains"
    page.save_revision().publish()
    run_all_tasks()
    assert Article.objects.get(pk=article.pk).title == "Ferries and trains"
    indexed = IndexEntry.objects.get(content_type__model="articlepage", object_id=str(page.pk))
    assert "train" in indexed.title  # the desk's own search; PostgreSQL keeps the stems of the words


def test_the_tree_is_whole_when_many_want_one_slug(bring: Any, site: Any) -> None:
    job = bring("wxr", wxr(*(post(number, slug="same") for number in range(1, 6)), post(6, slug="same-2")))
    slugs = {row.title: row.page.slug for row in job.posts.select_related("page")}
    assert slugs == {f"Post {n}": f"same-{n}" for n in range(2, 6)} | {"Post 1": "same", "Post 6": "same-2-2"}
    assert not any(Page.find_problems())
    assert sum("short name was taken" in " ".join(row.notes) for row in job.posts.all()) == 5


@pytest.mark.parametrize("where", ["bring_articles", "_keep_states", "bring_comments_of"])
def test_killed_in_the_middle_nothing_is_half_here_and_nothing_comes_twice(
    bring: Any, monkeypatch: Any, where: str
) -> None:
    class Killed(BaseException):
        pass

    def dies(*_what: Any) -> None:
        raise Killed

    job = bring("wxr", wxr(*(post(number, more="".join(TALK)) for number in range(1, 5))), start=False)
    monkeypatch.setattr(together, where, dies)
    with pytest.raises(Killed):
        taking_of(job)
    assert not ArticlePage.objects.exists() and not Work.objects.exists() and not Comment.objects.exists()
    assert set(job.posts.values_list("state", flat=True)) == {"waiting"}
    monkeypatch.undo()
    taking_of(job)
    assert ArticlePage.objects.count() == Article.objects.count() == 4 == job.posts.filter(state="done").count()
    assert Comment.objects.count() == 20 and not any(Page.find_problems())


def taking_of(job: Any) -> None:
    type(job).objects.filter(pk=job.pk).update(state="running")
    job.refresh_from_db()
    taking.take_some(job, seconds=60)


def test_one_that_cannot_come_keeps_none_of_the_others_away(bring: Any, monkeypatch: Any) -> None:
    put = together.bring_articles

    def refuses(site: Any, coming: Any) -> Any:
        if any(each.page.title == "Post 2" for each in coming):
            raise ValueError("no")
        return put(site, coming)

    monkeypatch.setattr(together, "bring_articles", refuses)
    job = bring("wxr", wxr(post(1), post(2), post(3)))
    assert set(job.posts.values_list("state", flat=True)) == {"done"} and ArticlePage.objects.count() == 3


def test_followers_hear_of_what_is_new_and_of_nothing_old(bring: Any, site: Any, chloe: Any) -> None:
    follow_channel(channel_of_site(site), by=chloe)
    bring("wxr", wxr(post(1), post(2, date=f"{timezone.now() - timedelta(hours=2):%Y-%m-%d %H:%M:%S}")))
    run_all_tasks()
    told = Notice.objects.filter(person=chloe, kind="works.new")
    assert [each.values["title"] for each in told] == ["Post 2"]


def test_fifty_cost_few_statements(bring: Any, django_assert_max_num_queries: Any) -> None:
    bring("wxr", wxr(post(200)))  # its section and author are there
    posts = [post(number, slug=f"p-{number}", more="".join(TALK)) for number in range(1, 101)]
    job = bring("wxr", wxr(*posts), start=False)
    type(job).objects.filter(pk=job.pk).update(state="running")
    with django_assert_max_num_queries(120):
        taking.take_some(job, seconds=600)
    assert ImportedPost.objects.filter(job=job, state="done").count() == 100
