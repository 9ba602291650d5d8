"""All pages of a newsroom in a parcel, and out of it again: sections, authors, articles, drafts, old addresses.

    pages.json              the tree, parents first: [{"name", "model", "parent", "file"}]
    sections/…  authors/…  series/…  a page each, as JSON
    articles/<uid>.json     … and articles/<uid>.html, for who has no Bouquet
    comments/<uid>.json     what was said of an article: names, words, dates, threads
    gone.json               articles that were removed: their addresses answer 410
    redirects.json          old paths of sections and authors

Pages are named by "article:<uid>" or "<model>:<slug>"; nothing in a parcel is a key of a database.
"""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from bouquet.kinds.articles.actions import keep_work_ready
from bouquet.kinds.articles.models import Article, ArticlePage, Gone, Reply, Sending
from bouquet.kinds.articles.moving.html_out import document_of
from bouquet.kinds.articles.polls.moving import polls_in, polls_out
from bouquet.shared.comments.actions import comments_from_parcel, told_comments
from bouquet.shared.fronts.carrying import fields_of, set_fields
from bouquet.shared.network.models import Site
from bouquet.shared.works import actions as works
from bouquet.shared.works.models import Work
from bouquet.toolkit.parcel import ParcelReader, ParcelRefused, ParcelWriter

TURN = 2  # after the albums that articles show
FOLDERS: dict[str, str] = {
    "sectionpage": "sections",
    "authorpage": "authors",
    "seriespage": "series",
    "articlepage": "articles",
}
NEVER = frozenset({"uid"})
# What was published by right stands as long as the article does (docs/manual); who asked keeps their address here.
REPLY = ("title", "name", "standing", "passage", "text", "asked_at", "decided_at")
FILE = re.compile(r"[^\w-]+")


def names_of(site: Site) -> dict[int, str]:
    """Of every page of the tree: what others call it. Two queries."""
    front = _front(site)
    rows = front.get_descendants(inclusive=True).values_list("pk", "slug", "content_type__model")
    uids = dict(ArticlePage.objects.descendant_of(front).values_list("pk", "uid"))
    return {
        pk: f"article:{uids[pk]}" if pk in uids else f"{model}:{slug}" for pk, slug, model in rows if pk != front.pk
    } | {front.pk: "front"}


# ── out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def take_out(site: Site, parcel: ParcelWriter, carrier: Any) -> dict[str, int]:
    """Everything of this kind; gives how many of what."""
    names, lines = names_of(site), []
    numbers: dict[str, int] = {}
    for row in _front(site).get_descendants().order_by("path").iterator(chunk_size=500):
        page: Any = row.specific
        model = page._meta.model_name
        folder = FOLDERS.get(model, model)
        file = (
            f"{folder}/{page.uid if isinstance(page, ArticlePage) else FILE.sub('-', page.slug).strip('-') or page.pk}"
        )
        file = file if f"{file}.json" not in parcel.members else f"{file}-{page.pk}"
        parcel.put(f"{file}.json", _page_out(page, carrier))
        if isinstance(page, ArticlePage):
            with translation.override(site.language):
                parcel.put_bytes(f"{file}.html", document_of(page, carrier).encode())
            said = _comments_out(page, carrier)
            if said:
                parcel.put(f"comments/{page.uid}.json", said)
                numbers["comments"] = numbers.get("comments", 0) + len(said)
        parent = names[page.get_parent().pk]
        lines.append(
            {"name": names[page.pk], "model": page._meta.label_lower, "parent": parent, "file": f"{file}.json"}
        )
        numbers[folder] = numbers.get(folder, 0) + 1
    parcel.put("pages.json", lines)
    parcel.put("gone.json", sorted(Gone.objects.filter(site=site).values_list("uid", flat=True)))
    parcel.put("redirects.json", _redirects_out(site, names))
    return numbers


def _page_out(page: Any, carrier: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"live": page.live}
    if page.live:
        told["fields"] = fields_of(page, carrier, leave=NEVER)
    if not page.live or page.has_unpublished_changes:
        told["draft"] = fields_of(page.get_latest_revision_as_object(), carrier, leave=NEVER)
    if isinstance(page, ArticlePage):
        told["uid"] = page.uid
        told["sent_to"] = sorted(Sending.objects.filter(page=page).values_list("site__slug", flat=True))
        article = Article.objects.filter(page=page).first()
        if article is not None:
            told["work"] = works.told_work(article) | {
                "replies": list(
                    Reply.objects.filter(article=article.pk, state=Reply.State.PUBLISHED).order_by("pk").values(*REPLY)
                ),
                "polls": polls_out(article),
            }
    return told


def _comments_out(page: ArticlePage, carrier: Any) -> list[dict[str, Any]]:
    article = Article.objects.filter(page=page).first()
    return told_comments(article, with_addresses=carrier.with_readers) if article else []


def _redirects_out(site: Site, names: dict[int, str]) -> list[dict[str, Any]]:
    rows = Redirect.objects.filter(site=site.wagtail_site).order_by("old_path")
    return [
        {
            "from": each.old_path,
            "to": names.get(each.redirect_page_id or 0, ""),
            "link": each.redirect_link,
            "permanent": each.is_permanent,
        }
        for each in rows
    ]


# ── in ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
def bring_in(site: Site, parcel: ParcelReader, carrier: Any) -> list[str]:
    """Into a site that has no pages yet, in one transaction of the caller's; gives what could not come: sentences."""
    notes: list[str] = []
    carrier.pages["front"] = _front(site).pk
    again: list[tuple[int, str]] = []
    for line in _lines(parcel):
        said = parcel.get(line["file"])
        model = _model(line["model"])
        if model is None or not isinstance(said, dict):
            notes.append(
                _("“%(name)s” is of a sort that this installation does not know: left out.") % {"name": line["name"]}
            )
            continue
        carrier.lacking = False
        page = _page_in(model, said, carrier, line["parent"])
        carrier.pages[line["name"]] = page.pk
        if isinstance(page, ArticlePage):
            _comments_in(page, parcel, said, carrier)
        if carrier.lacking:
            again.append((page.pk, line["file"]))
    for pk, file in again:  # now that all pages are there, those that lead to later ones
        _page_anew(pk, parcel.get(file), carrier)
    for uid in _texts(parcel.get("gone.json", [])):
        if not ArticlePage.objects.filter(uid=uid).exists():
            Gone.objects.get_or_create(uid=uid[:16], defaults={"site": site})
    _redirects_in(site, parcel.get("redirects.json", []), carrier)
    return notes


def _lines(parcel: ParcelReader) -> list[dict[str, str]]:
    lines = parcel.get("pages.json", [])
    wanted = {"name", "model", "parent", "file"}
    if not isinstance(lines, list) or not all(
        isinstance(line, dict) and wanted <= set(line) and all(isinstance(line[each], str) for each in wanted)
        for line in lines
    ):
        raise ParcelRefused(_("The list of pages in this parcel is damaged."))
    return lines


def _model(label: str) -> Any:
    """A page of this kind and nothing else."""
    if not re.fullmatch(r"articles\.[a-z]+", label):
        return None
    try:
        model = apps.get_model(label)
    except LookupError:
        return None
    return model if issubclass(model, Page) else None


def _page_in(model: Any, said: dict[str, Any], carrier: Any, parent: str) -> Any:
    if parent not in carrier.pages:
        raise ParcelRefused(_("The list of pages in this parcel is damaged."))
    page = model(live=False)
    first = said.get("fields") or said.get("draft") or {}
    try:
        set_fields(page, first, carrier, leave=NEVER)
        uid = said.get("uid")
        if issubclass(model, ArticlePage) and isinstance(uid, str) and re.fullmatch(r"[A-Za-z0-9]{6,16}", uid):
            taken = ArticlePage.objects.filter(uid=uid).exists() or Work.objects.filter(uid=uid).exists()
            page.uid = page.uid if taken or Gone.objects.filter(uid=uid).exists() else uid
            carrier.uids[uid] = page.uid
        Page.objects.get(pk=carrier.pages[parent]).add_child(instance=page)
    except (ValidationError, TypeError, ValueError) as error:
        words = _("“%(title)s” in this parcel has a value that is none: %(error)s")
        raise ParcelRefused(words % {"title": str(first.get("title"))[:80], "error": error}) from None
    _publish(page, said, carrier)
    return page


def _publish(page: Any, said: dict[str, Any], carrier: Any) -> None:
    """Live as it was, the draft of it beside."""
    revision = page.save_revision()
    if said.get("live"):
        if isinstance(page, ArticlePage):
            _send(page, said.get("sent_to"))
        published = page.last_published_at
        revision.publish(skip_permission_checks=True)
        if published:
            type(page).objects.filter(pk=page.pk).update(last_published_at=published)
        if isinstance(page, ArticlePage):
            _work_in(page, said.get("work") or {})
    if not said.get("live") and said.get("work") and isinstance(page, ArticlePage) and keep_work_ready(page):
        _work_in(page, said["work"])  # withdrawn, or it waits with what was said of it elsewhere
    if said.get("live") and said.get("draft"):
        draft = type(page).objects.get(pk=page.pk)
        set_fields(draft, said["draft"], carrier, leave=NEVER)
        draft.save_revision()


def _comments_in(page: ArticlePage, parcel: ParcelReader, said: dict[str, Any], carrier: Any) -> None:
    if rows := parcel.get(f"comments/{said.get('uid')}.json"):
        article = keep_work_ready(page)
        if article is not None:
            comments_from_parcel(article, rows, link_accounts=carrier.with_readers)


def _page_anew(pk: int, said: dict[str, Any], carrier: Any) -> None:
    page: Any = Page.objects.get(pk=pk).specific
    set_fields(page, said.get("fields") or said.get("draft") or {}, carrier, leave=NEVER)
    _publish(page, said, carrier)


def _send(page: ArticlePage, slugs: Any) -> None:
    for site in Site.objects.filter(slug__in=_texts(slugs)):
        Sending.objects.get_or_create(page=page, site=site)


def _work_in(page: ArticlePage, said: dict[str, Any]) -> None:
    article = Article.objects.filter(page=page).first()
    if article is None:
        return
    works.set_as_told(article, said, states=(Work.State.TAKEN_DOWN, Work.State.HIDDEN))
    _replies_in(article, said.get("replies"))
    polls_in(article, said.get("polls"))


def _replies_in(article: Article, rows: Any) -> None:
    """Once: a page that is gone through again has its own already."""
    if not isinstance(rows, list) or Reply.objects.filter(article=article).exists():
        return
    for row in rows:
        reply = Reply(article=article, site_id=article.site_id, state=Reply.State.PUBLISHED)
        try:
            for name in REPLY:
                field: Any = Reply._meta.get_field(name)
                setattr(reply, name, field.to_python(row.get(name) if isinstance(row, dict) else None))
            reply.clean_fields(exclude={"article", "site", "email", "person", "decided_by", "decided_at"})
        except ValidationError:
            raise ParcelRefused(_("The list of pages in this parcel is damaged.")) from None
        reply.save()
    Article.objects.filter(pk=article.pk).update(replies=Reply.objects.filter(article=article).count())


def _redirects_in(site: Site, rows: Any, carrier: Any) -> None:
    for row in rows if isinstance(rows, list) else []:
        path, link = str(row.get("from") or "")[:255], str(row.get("link") or "")[:255]
        page = carrier.pages.get(row.get("to"))
        if path.startswith("/") and (page or link.startswith(("/", "https://", "http://"))):
            Redirect.objects.get_or_create(
                old_path=path,
                site=site.wagtail_site,
                defaults={"redirect_page_id": page, "redirect_link": link, "is_permanent": bool(row.get("permanent"))},
            )


def _texts(values: Any) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _front(site: Site) -> Page:
    if site.wagtail_site is None:
        raise ParcelRefused(_("This site has no pages."))
    return Page.objects.get(pk=site.wagtail_site.root_page_id)
