"""What an article's page says, from what a post said and the pictures that came."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from bouquet.kinds.articles.models import MOST_THEMES
from bouquet.kinds.articles.moving.models import ArticleImport, ImportedPost
from bouquet.kinds.articles.moving.posts import Post
from bouquet.shared.network.models import Picture
from bouquet.shared.works.actions import one_line


def line_of(job: ArticleImport, row: ImportedPost) -> Post:
    with job.posts_file.open("rb") as lines:
        lines.seek(row.place)
        return Post.read(lines.readline())


def said_of(job: ArticleImport, post: Post, pictures: dict[str, Picture]) -> dict[str, Any]:
    """Fields of its page; where it hangs, who signs and when it came out is not among them."""
    first = pictures.get(post.picture["address"]) if post.picture else None
    return {
        "title": post.title,
        "form": post.form,
        "body": _body(post, pictures, first),
        "lead": post.lead,
        "picture": first,
        "caption": (post.picture or {}).get("caption", "") if first else "",
        "themes": _themes(post),
        "comments_policy": "closed" if post.comments_closed else "house",
        "seo_title": post.seo_title,
        "search_description": post.search_description,
        "revised_at": datetime.fromisoformat(post.revised_at) if post.revised_at else None,
    }


def note_of_slug(post: Post, slug: str) -> list[str]:
    """Something is to be said where it is not the post's own."""
    if post.slug and slug != post.slug[:80].strip("-"):
        return [_("Its short name was taken, or is none here: it is “%(slug)s” now.") % {"slug": slug}]
    return []


def _body(post: Post, pictures: dict[str, Picture], first: Picture | None) -> list[tuple[str, Any]]:
    """What stood before and behind a picture that did not come is one text again; the first one is not shown twice."""
    body: list[tuple[str, Any]] = []
    for place, (name, value) in enumerate(post.body):
        if name == "text" and body and body[-1][0] == "text":
            body[-1] = (name, body[-1][1] + value)
            continue
        if name == "gallery":
            hung = [shown for each in value["pictures"] if (shown := _shown(each, pictures))]
            one = [("picture", each | {"width": "text"}) for each in hung]
            body += [("gallery", {"title": "", "pictures": hung})] if len(hung) > 1 else one
        elif name != "picture":
            body.append((name, value))
        elif shown := _shown(value, pictures):
            if place or first is None or shown["picture"].pk != first.pk:
                body.append((name, shown | {"width": "text"}))
    return body


def _shown(said: dict[str, str], pictures: dict[str, Picture]) -> dict[str, Any] | None:
    """None where it did not come."""
    picture = pictures.get(said["address"])
    return {"picture": picture, "caption": said["caption"], "alternative": said["alternative"]} if picture else None


def _themes(post: Post) -> str:
    names: list[str] = []
    for name in post.themes:
        name = one_line(name).replace(",", " ")[:40].strip()
        if name and name not in names and len(names) < MOST_THEMES and len(", ".join([*names, name])) <= 400:
            names.append(name)
    return ", ".join(names)
