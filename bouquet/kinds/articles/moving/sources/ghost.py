"""Ghost's own export (JSON): https://ghost.org/docs/migration/ghost/ . Its `html` is what readers saw; lexical and
mobiledoc are its editor's business. A file is read whole: it has no pictures in it, and at most `LARGEST` bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from html import unescape
from typing import Any

import nh3
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.kinds.articles.moving.html_blocks import blocks_of, credit_in
from bouquet.kinds.articles.moving.models import ArticleImport
from bouquet.kinds.articles.moving.posts import (
    LONGEST_HTML,
    AuthorOf,
    PictureOf,
    Post,
    SourceRefused,
    key_of,
    moment,
    paragraphs,
    short,
)

LARGEST = 200 * 1024 * 1024
HERE = "__GHOST_URL__"  # what Ghost writes for its own address


def posts(job: ArticleImport) -> Iterator[Post]:
    export = _Export(_read(job), job)
    for row in export.rows("posts"):
        yield export.post(row)


def _read(job: ArticleImport) -> dict[str, Any]:
    if job.file.stat().st_size > LARGEST:
        raise SourceRefused(_("This file is larger than %(number)s MB.") % {"number": LARGEST // 1024**2})
    try:
        said = json.loads(job.file.read_bytes())
    except (ValueError, RecursionError):
        raise SourceRefused(_("This file is no whole JSON: it breaks off, or is something else.")) from None
    try:
        data = said["db"][0]["data"] if "db" in said else said["data"]
        if isinstance(data["posts"], list):
            return dict(data)
    except (KeyError, IndexError, TypeError):
        pass
    raise SourceRefused(_("This is not a Ghost export: it has no posts where Ghost writes them."))


class _Export:
    def __init__(self, data: dict[str, Any], job: ArticleImport) -> None:
        self.data, self.job, self.home = data, job, job.home
        self.tags = {row.get("id"): row for row in self.rows("tags")}
        self.people = {row.get("id"): row for row in self.rows("users")}
        self.meta = {row.get("post_id"): row for row in self.rows("posts_meta")}
        self.tags_of = self._joined("posts_tags", "tag_id", self.tags)
        self.people_of = self._joined("posts_authors", "author_id", self.people)

    def rows(self, name: str) -> list[dict[str, Any]]:
        found = self.data.get(name)
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []

    def _joined(self, name: str, key: str, known: dict[Any, dict[str, Any]]) -> dict[Any, list[dict[str, Any]]]:
        found: dict[Any, list[dict[str, Any]]] = {}
        for row in sorted(self.rows(name), key=lambda row: _number(row.get("sort_order"))):
            if row.get(key) in known:
                found.setdefault(row.get("post_id"), []).append(known[row[key]])
        return found

    def post(self, row: dict[str, Any]) -> Post:
        name = _text(row, "uuid") or _text(row, "id") or _text(row, "slug")
        post = Post(key=key_of(f"ghost:{name}"), title=short(_text(row, "title"), 140), slug=_text(row, "slug"))
        if not post.title:
            post.title = _("Untitled")
            post.note(_("It has no title."))
        self._say_state(post, row)
        if not post.refusal:
            self._say_words(post, row)
            self._say_company(post, row)
        return post

    def _say_state(self, post: Post, row: dict[str, Any]) -> None:
        kind, status = _text(row, "type") or "post", _text(row, "status")
        if (kind == "page" or row.get("page") in (1, True)) and not self.job.with_pages:
            post.refusal = _("It is a page, not an article. Pages come along when you ask for them.")
        elif status == "sent":
            post.refusal = _("It was sent as a letter only, and never published.")
        visibility = _text(row, "visibility") or "public"
        post.live = status == "published" and visibility == "public"
        if visibility != "public":
            post.note(_("It was for members or paying readers: it waits as a draft."))
        when, said = _when(row.get("published_at")), row.get("published_at")
        if status == "published" and when is None:
            when = _when(row.get("updated_at")) or _when(row.get("created_at"))
            if when is None:
                post.live = False
                words = _("Its date cannot be read (“%(date)s”): it waits as a draft.")
            else:
                words = _("Its date cannot be read (“%(date)s”): that of its last change stands for it.")
            post.note(words % {"date": short(str(said), 40)})
        if when is not None and when > timezone.now():
            post.scheduled, post.live = visibility == "public" and status in ("scheduled", "published"), False
        post.published_at = when.isoformat() if when else ""
        if self.home and post.slug:
            post.old = [f"{self.home}/{post.slug}/"]
        elif not self.home:
            post.note(
                _("A Ghost export does not say where it was: without its address its pictures cannot be fetched.")
            )

    def _say_words(self, post: Post, row: dict[str, Any]) -> None:
        html = _text(row, "html")
        if len(html) > LONGEST_HTML:
            words = _("Its text has more than %(number)s letters: it cannot be taken as one article.")
            post.refusal = words % {"number": f"{LONGEST_HTML:,}".replace(",", "\u202f")}
            return
        if not html and (_text(row, "lexical") or _text(row, "mobiledoc")):
            post.note(
                _("The file has its text only as Ghost's editor keeps it, without HTML: nothing of it can be read.")
            )
        woven = blocks_of(html.replace(HERE, self.home), base=self.home and f"{self.home}/")
        post.body, post.pictures = woven.body, woven.pictures
        for words in woven.notes:
            post.note(words)
        post.lead = paragraphs(_text(row, "custom_excerpt"), 600)
        meta = self.meta.get(row.get("id"), {}) | {key: value for key, value in row.items() if value}
        caption = unescape(nh3.clean(_text(meta, "feature_image_caption"), tags=set()))
        if address := _text(row, "feature_image").replace(HERE, self.home):
            if address.startswith(("http://", "https://")):
                alt = short(_text(meta, "feature_image_alt"), 255)
                post.picture = asdict(PictureOf(address[:500], alt, short(caption, 300), credit_in(caption)))
            else:
                post.note(_("The picture “%(name)s” has no whole address: say where the old site was (its address).")
                          % {"name": short(address, 80)})  # fmt: skip
        post.seo_title = short(_text(meta, "meta_title"), 140)
        post.search_description = short(_text(meta, "meta_description"), 300)

    def _say_company(self, post: Post, row: dict[str, Any]) -> None:
        alone = self.people.get(row.get("author_id"))
        for person in self.people_of.get(row.get("id")) or ([alone] if alone else []):
            slug = _text(person, "slug")
            old = [f"{self.home}/author/{slug}/"] if self.home and slug else []
            about = paragraphs(_text(person, "bio"), 1000)
            post.authors.append(asdict(AuthorOf(short(_text(person, "name") or slug, 120), slug, about, old)))
        tags = [tag for tag in self.tags_of.get(row.get("id"), []) if not _text(tag, "name").startswith("#")]
        if tags:
            post.section = short(_text(tags[0], "name"), 120)
            if self.home and (slug := _text(tags[0], "slug")):
                post.section_old = [f"{self.home}/tag/{slug}/"]
        post.themes = [_text(tag, "name") for tag in tags[1:]]


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _when(value: Any) -> datetime | None:
    """Text in Ghost's files of today, milliseconds in those of 2014."""
    if isinstance(value, int) and 0 < value < 7_258_118_400_000:
        return datetime.fromtimestamp(value / 1000, UTC)
    return moment(value) if isinstance(value, str) else None
