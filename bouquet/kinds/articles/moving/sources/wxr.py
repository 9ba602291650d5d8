"""WordPress's own export (WXR): https://wordpress.org/documentation/article/tools-export-screen/

The file is read twice: once for its attachments and authors, which may stand behind the posts that need them and are
kept in a small database beside the file; once for its posts. Memory does not grow with the file.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from bouquet.kinds.articles.models import Form
from bouquet.kinds.articles.moving.html_blocks import blocks_of, credit_in
from bouquet.kinds.articles.moving.models import ArticleImport
from bouquet.kinds.articles.moving.posts import (
    LONGEST_HTML,
    AuthorOf,
    BrokenOff,
    PictureOf,
    Post,
    SourceRefused,
    key_of,
    moment,
    paragraphs,
    short,
)
from bouquet.kinds.articles.moving.sources.wxr_comments import comments_of
from bouquet.kinds.articles.moving.xml_items import Element, items_of
from bouquet.toolkit.tasks import heartbeat

TAG = re.compile(r"<[^>]*>")
CAPTION = re.compile(r"\[caption[^\]]*\](.*?(?:</a>|/?>))(.*?)\[/caption\]", re.DOTALL)
GALLERY = re.compile(r"\[gallery\b([^\]]*)\]")
IDS = re.compile(r"ids=[\"']?([\d,\s]+)")
EMBED = re.compile(r"\[(embed|video|audio|youtube|vimeo)\b([^\]]*)\](?:([^\[]*)\[/\1\])?")
NAMED = re.compile(r"(?:src|mp4|m4v|webm|ogv|mov|mp3|m4a|ogg|wav|url|id)=[\"']?([^\s\"'\]]+)")
MADE_ON_THE_SPOT = re.compile(r"<!-- wp:([a-z][a-z0-9/-]{1,60})(?:\s[^>]*)?/-->")
OTHER_CODE = re.compile(r"\[/?([a-z][a-z0-9_-]{2,30})(?:\s[^\]]*)?/?\]")
SMALLER = re.compile(r"(?:-\d{2,5}x\d{2,5}|-scaled)(\.\w{3,4})$")
TYPES = ("post", "page")
HOUSEKEEPING = ("attachment", "revision", "nav_menu_item", "customize_changeset", "custom_css", "oembed_cache")
DRAFTS = {"draft", "pending", "auto-draft", "future", "private"}


def posts(job: ArticleImport) -> Iterator[Post]:
    library = _Library(job)
    with closing(library.rows):
        yield from library.all_posts()


class _Library:
    """What the file says beside its posts."""

    def __init__(self, job: ArticleImport) -> None:
        self.job = job
        self.home = job.home
        self.authors: dict[str, AuthorOf] = {}
        path = job.folder / "attachments.sqlite"
        path.unlink(missing_ok=True)
        self.rows = sqlite3.connect(path)
        self.rows.executescript(
            "pragma journal_mode=off; pragma synchronous=off;"
            "create table picture (id text primary key, address text, title text, alt text, caption text);"
            "create index by_address on picture (address);"
        )

    def all_posts(self) -> Iterator[Post]:
        self._read_what_stands_beside()
        for number, item in enumerate(items_of(self.job.file)):
            if number % 200 == 0:
                heartbeat()
            kind = item.one("wp:post_type") or "post"
            if kind in TYPES:
                yield self._post(item, kind)
            else:
                self.job.passed_over[kind[:40]] = self.job.passed_over.get(kind[:40], 0) + 1

    def _read_what_stands_beside(self) -> None:
        known = 0
        names = ("wp:author", "wp:base_blog_url", "wp:base_site_url", "wp:wxr_version", "link")
        try:
            for number, found in enumerate(items_of(self.job.file, beside=names)):
                if number % 500 == 0:
                    heartbeat()
                known += found.name.startswith("wp:")
                if found.name == "item":
                    known += bool(found.one("wp:post_type"))
                    self._keep_attachment(found)
                elif found.name == "wp:author":
                    login = found.one("wp:author_login")
                    name = _words(found.one("wp:author_display_name")) or login
                    self.authors[login] = AuthorOf(name, login)
                elif found.name in ("wp:base_blog_url", "link") and not self.home:
                    self.home = found.text.rstrip("/")
        except BrokenOff:
            pass  # said when the posts are read
        if not known:
            raise SourceRefused(_("This is not a WordPress export (WXR): nothing in it is WordPress's."))
        self.rows.commit()
        if urlsplit(self.home).scheme not in ("http", "https"):
            self.home = ""
        if self.home and not self.job.home:
            self.job.home = self.home[:500]

    def _keep_attachment(self, item: Element) -> None:
        if item.one("wp:post_type") != "attachment":
            return
        address = item.one("wp:attachment_url")
        said = (_words(item.one("title")), _meta(item, "_wp_attachment_image_alt"), _words(item.one("excerpt:encoded")))
        self.rows.execute(
            "insert or replace into picture values (?, ?, ?, ?, ?)", (item.one("wp:post_id"), address, *said)
        )

    # ── one post ─────────────────────────────────────────────────────────────────────────────────────────────────
    def _post(self, item: Element, kind: str) -> Post:
        number, link = item.one("wp:post_id"), item.one("link")
        name = number or item.one("guid") or link
        post = Post(key=key_of(f"wxr:{self.home}:{name}"), title=short(_words(item.one("title")), 140))
        post.slug = unquote(item.one("wp:post_name"))
        post.old = _addresses(self.home, link, number, kind)
        full = _words(item.one("title"))
        if not post.title:
            post.title = _("Untitled")
            post.note(_("It has no title."))
        elif post.title != " ".join(full.split()):
            post.note(
                _("Its title is longer than %(number)s letters, or had hidden signs: it was tidied.") % {"number": 140}
            )
        self._say_state(post, item, kind)
        self._say_dates(post, item)
        if not post.refusal:
            self._say_words(post, item)
            self._say_company(post, item)
        return post

    def _say_state(self, post: Post, item: Element, kind: str) -> None:
        status = item.one("wp:status") or "publish"
        if kind == "page" and not self.job.with_pages:
            post.refusal = _("It is a page, not an article. Pages come along when you ask for them.")
        elif status == "trash":
            post.refusal = _("It lay in the old site's bin.")
        elif status == "inherit":
            post.refusal = _("It is a part of another post, not a post.")
        post.live = status == "publish"
        post.scheduled = status == "future"
        if status == "private":
            post.note(_("It was private: it waits as a draft."))
        elif item.one("wp:post_password"):
            post.live = False
            post.note(_("It had a password: it waits as a draft."))
        elif status not in DRAFTS | {"publish"} and not post.refusal:
            post.note(_("Its state “%(state)s” is unknown here: it waits as a draft.") % {"state": short(status, 30)})
        post.comments_closed = item.one("wp:comment_status") == "closed"

    def _say_dates(self, post: Post, item: Element) -> None:
        said = item.one("wp:post_date_gmt") or item.one("wp:post_date") or item.one("pubDate")
        when = moment(item.one("wp:post_date_gmt")) or _local(item.one("wp:post_date")) or _mailed(item.one("pubDate"))
        changed = moment(item.one("wp:post_modified_gmt"))
        if when is None and post.live:
            if changed is None:
                post.live = False
                post.note(_("Its date cannot be read (“%(date)s”): it waits as a draft.") % {"date": short(said, 40)})
            else:
                when = changed
                words = _("Its date cannot be read (“%(date)s”): that of its last change stands for it.")
                post.note(words % {"date": short(said, 40)})
        if when is not None and when > timezone.now():
            post.scheduled, post.live = post.live or post.scheduled, False
        post.published_at = when.isoformat() if when else ""

    def _say_words(self, post: Post, item: Element) -> None:
        content = next(item.all("content:encoded"), Element("content:encoded"))
        if content.too_long:
            words = _("Its text has more than %(number)s letters: it cannot be taken as one article.")
            post.refusal = words % {"number": f"{LONGEST_HTML:,}".replace(",", "\u202f")}
            return
        html = content.text
        woven = blocks_of(
            self._without_codes(html, post), base=self.home and f"{self.home}/", plain_lines="<!-- wp:" not in html
        )
        post.body, post.pictures = woven.body, woven.pictures
        for words in woven.notes:
            post.note(words)
        for each in post.pictures:
            self._complete(each)
        addresses = {said: each["address"] for each in post.pictures if (said := each.pop("said", ""))}
        for _name, value in post.body:
            if isinstance(value, dict) and value.get("address") in addresses:
                value["address"] = addresses[value["address"]]
        post.lead = paragraphs(_words(item.one("excerpt:encoded")), 600)
        if not post.body and not post.lead:
            post.note(_("It has no text."))
        if picture := self._picture(_meta(item, "_thumbnail_id")):
            post.picture = asdict(picture)
        post.seo_title = short(_meta(item, "_yoast_wpseo_title").replace("%%", ""), 140)
        post.search_description = short(_meta(item, "_yoast_wpseo_metadesc"), 300)

    def _say_company(self, post: Post, item: Element) -> None:
        login = item.one("dc:creator")
        if login:
            author = self.authors.get(login) or AuthorOf(login, login)
            old = [f"{self.home}/author/{author.slug}/"] if self.home and author.slug else []
            post.authors = [asdict(AuthorOf(short(author.name, 120), author.slug, author.about, old))]
        terms = [(each.attributes.get("domain", ""), each) for each in item.all("category")]
        sections = [(short(_words(term.text), 120), term) for domain, term in terms if domain == "category"]
        sections = [
            (name, term) for name, term in sections if name and term.attributes.get("nicename") != "uncategorized"
        ]
        if sections:
            post.section, term = sections[0]
            if self.home and (slug := term.attributes.get("nicename")):
                post.section_old = [f"{self.home}/category/{slug}/"]
        formats = {term.attributes.get("nicename") for domain, term in terms if domain == "post_format"}
        post.form = Form.GALLERY if "post-format-gallery" in formats else Form.NEWS
        tags = [_words(term.text) for domain, term in terms if domain == "post_tag"]
        post.themes = [name for name in [*tags, *(name for name, _term in sections[1:])] if name]
        self._say_comments(post, item)

    def _say_comments(self, post: Post, item: Element) -> None:
        post.comments, left = comments_of(item)
        if post.comments:
            held = sum(each["held"] for each in post.comments)
            words = _("Comments that come along: %(number)s; of those, %(held)s wait for a decision.")
            words = words if held else _("Comments that come along: %(number)s.")
            post.note(words % {"number": len(post.comments), "held": held})
        if left:
            post.note(_("Comments that stay behind (spam, the bin, notes of machines): %(number)s.") % {"number": left})
        if item.too_long:
            post.note(_("It has more comments than are read: the last ones are missing."))

    # ── WordPress's own marks ────────────────────────────────────────────────────────────────────────────────────
    def _without_codes(self, html: str, post: Post) -> str:
        html = CAPTION.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", html)
        html = GALLERY.sub(lambda found: self._gallery(found[1], post), html)
        html = EMBED.sub(lambda found: _embedded(found[1], found[2], found[3] or ""), html)
        for name in dict.fromkeys(MADE_ON_THE_SPOT.findall(html)):
            words = _("WordPress made “%(name)s” anew for each reader; nothing of it is in the file: it is left out.")
            post.note(words % {"name": name})
        for name in dict.fromkeys(OTHER_CODE.findall(TAG.sub("", html))):
            words = _("The short code “%(name)s” means nothing here: it stands in the text as it was.")
            post.note(words % {"name": f"[{name}]"})
        return html

    def _gallery(self, said: str, post: Post) -> str:
        ids = IDS.search(said)
        found = [self._picture(each.strip()) for each in ids[1].split(",")] if ids else []
        if not any(found):
            post.note(_("A gallery names no pictures of this file: it is left out."))
            return ""
        figures = (
            f'<figure><img src="{escape(each.address)}" alt="{escape(each.description)}">'
            f"<figcaption>{escape(each.caption)}</figcaption></figure>"
            for each in found[:200]
            if each
        )
        return f"<figure>{''.join(figures)}</figure>"

    def _picture(self, number: str) -> PictureOf | None:
        rows = self.rows.execute("select address, title, alt, caption from picture where id = ?", (number,))
        row = rows.fetchone() if number else None
        return self._told(row) if row is not None else None

    def _complete(self, picture: dict[str, str]) -> None:
        """What the library says of it; the whole picture rather than one of the sizes made of it."""
        whole = SMALLER.sub(r"\1", picture["address"])
        for address in dict.fromkeys([picture["address"], whole]):
            row = self.rows.execute(
                "select address, title, alt, caption from picture where address = ?", (address,)
            ).fetchone()
            if row is not None:
                told = self._told(row)
                picture["said"], picture["address"] = picture["address"], told.address
                for name in ("description", "caption", "credit", "title"):
                    picture[name] = picture[name] or getattr(told, name)
                return

    def _told(self, row: Any) -> PictureOf:
        address, title, alt, caption = row
        address = urljoin(f"{self.home}/", address)[:500]
        return PictureOf(address, short(alt, 255), short(caption, 300), credit_in(caption), short(title, 120))


def _embedded(name: str, said: str, inside: str) -> str:
    """A line of its own with an address, as WordPress itself reads it; a recording stays a recording."""
    named = NAMED.search(said)
    bare = said.strip(" =\"'").split(" ")[0]
    address = unescape(inside.strip() or (named[1] if named else bare))
    if name == "vimeo" and address.isdigit():
        address = f"https://vimeo.com/{address}"
    elif name == "youtube" and address and "/" not in address:
        address = f"https://www.youtube.com/watch?v={address}"
    if name in ("video", "audio") and not inside.strip():
        return f'<{name} src="{escape(address)}"></{name}>'
    return f"<p>{escape(address)}</p>"


def _addresses(home: str, link: str, number: str, kind: str) -> list[str]:
    """Where it was: its own address, and the short one that always leads to it."""
    old = [link] if link.startswith(("http://", "https://")) else []
    if home and number.isdigit():
        old.append(f"{home}/?{'page_id' if kind == 'page' else 'p'}={number}")
    return old


def _words(html: str) -> str:
    """Text of what may be HTML or may have entities."""
    return unescape(TAG.sub("", html)).strip()


def _meta(item: Element, key: str) -> str:
    return next((each.one("wp:meta_value") for each in item.all("wp:postmeta") if each.one("wp:meta_key") == key), "")


def _local(text: str) -> datetime | None:
    """On the network's own clock: an export does not say which one it was."""
    when = moment(text)
    return timezone.make_aware(when.replace(tzinfo=None)) if when else None


def _mailed(text: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return moment(when.isoformat())
