"""An article as one plain HTML file that any browser shows without us: for archives, and for who moves elsewhere."""

from __future__ import annotations

import re
from typing import Any

from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from bouquet.kinds.articles.body_blocks import rows_of
from bouquet.kinds.articles.models import ArticlePage, PollAnswer
from bouquet.shared.network.models import Picture
from bouquet.shared.works.models import Work

LINK = re.compile(r'href="/(?!/)')


def document_of(page: ArticlePage, carrier: Any) -> str:
    """As it is published, else as its draft is."""
    shown: Any = page if page.live else page.get_latest_revision_as_object()
    site = page.site
    base = site.url if site else ""
    authors = ", ".join(byline.author.title for byline in shown.bylines.all())
    when = shown.first_published_at
    first = _picture(shown.picture, shown.caption, "", carrier) if shown.picture else ""
    return format_html(
        '<!doctype html>\n<html lang="{}">\n<meta charset="utf-8">\n<title>{}</title>\n<article>\n<h1>{}</h1>\n'
        "<p><b>{}</b></p>\n<p>{}{}</p>\n{}\n{}\n{}</article>\n</html>\n",
        site.language if site else "",
        shown.title,
        shown.title,
        shown.lead,
        f"{authors} · " if authors else "",
        format_html('<time datetime="{}">{}</time>', when.isoformat(), when.date().isoformat()) if when else "",
        first,
        format_html_join("\n", "{}", ((_block(shown, child, base, carrier),) for child in shown.body)),
        format_html_join(
            "", "<p><small>{} {}</small></p>\n", ((c.at.date(), c.words) for c in shown.corrections.all())
        ),
    )


def _block(page: ArticlePage, child: Any, base: str, carrier: Any) -> SafeString:
    value: Any = child.value
    match child.block_type:
        case "text":
            return _html(value, base)
        case "picture" | "gallery":
            return _hung(value, carrier)
        case "chapter":
            return format_html("<h2>{}</h2>", value["title"])
        case "quote":
            return format_html(
                "<blockquote>{}<cite>{}</cite></blockquote>", mark_safe(linebreaks(value["words"], True)), value["by"]
            )
        case "question":
            return format_html("<h2>{}</h2>{}", value["question"], _html(value["answer"], base))
        case "facts":
            return format_html("<aside><h2>{}</h2>{}</aside>", value["title"], _html(value["text"], base))
        case "table":
            return _table(value)
        case "poll":
            return _poll(page, child)
        case "work" | "outside":
            return _link(value)
    return _any(child, carrier)


def _hung(value: Any, carrier: Any) -> SafeString:
    """One picture, or those of a gallery below its title."""
    shown = value["pictures"] if "pictures" in value else [value]
    title = format_html("<h2>{}</h2>", value["title"]) if value.get("title") else ""
    return format_html("{}{}", title, format_html_join("", "{}", ((_described(each, carrier),) for each in shown)))


def _described(shown: Any, carrier: Any) -> SafeString:
    return _picture(shown["picture"], shown["caption"], shown["alternative"], carrier)


def _link(value: Any) -> SafeString:
    """To a film of the network, or elsewhere."""
    if "address" in value:
        return format_html('<p><a href="{}">{}</a></p>', value["address"], value["title"])
    work: Work | None = value["work"]
    return format_html('<p><a href="{}">{}</a></p>', work.address, work.title) if work else mark_safe("")


def _table(value: Any) -> SafeString:
    rows = ((format_html_join("", "<td>{}</td>", ((cell,) for cell in row)),) for row in rows_of(value["cells"]))
    return format_html(
        "<table><caption>{}</caption>{}</table>", value["title"], format_html_join("", "<tr>{}</tr>", rows)
    )


def _poll(page: ArticlePage, child: Any) -> SafeString:
    """What was asked, and how many gave each answer."""
    votes = dict(PollAnswer.objects.filter(poll__article__page=page.pk).values_list("name", "votes"))
    lines = ((line.value, votes.get(line.id, 0)) for line in child.value["answers"].bound_blocks)
    answers = format_html_join("", "<li>{}: {}</li>", lines)
    return format_html("<h2>{}</h2><ul>{}</ul>", child.value["question"], answers)


def _any(child: Any, carrier: Any) -> SafeString:
    """A block of tomorrow: its pictures and its words."""
    return mark_safe(f"<div>{_pieces(child.value, carrier)}</div>")


def _pieces(value: Any, carrier: Any) -> SafeString:
    if isinstance(value, Picture):
        return _picture(value, "", "", carrier)
    if hasattr(value, "source"):
        return _html(value, "")
    if isinstance(value, str):
        return format_html("<p>{}</p>", value) if value else mark_safe("")
    if hasattr(value, "values"):
        return format_html_join("", "{}", ((_pieces(each, carrier),) for each in value.values()))
    if hasattr(value, "__iter__"):
        return format_html_join("", "{}", ((_pieces(getattr(each, "value", each), carrier),) for each in value))
    return mark_safe("")


def _html(text: Any, base: str) -> SafeString:
    return mark_safe(LINK.sub(f'href="{base}/', expand_db_html(text.source)))


def _picture(picture: Picture | None, caption: str, alternative: str, carrier: Any) -> SafeString:
    name = carrier.picture(picture.pk) if picture is not None else None
    if picture is None or name is None:
        return mark_safe("")
    return format_html(
        '<figure><img src="../{}" alt="{}"><figcaption>{} <small>{} · {}</small></figcaption></figure>',
        name,
        alternative or picture.description,
        caption,
        picture.credit,
        picture.licence,
    )
