"""What the newsroom holds of a person: the articles they brought to the desk. Those are the publisher's and stay; the
name below an article is the author's page, which editors keep (the press may: GDPR art. 85).
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.articles.models import (
    Article,
    ArticleImport,
    ArticlePage,
    AuthorPage,
    PollVote,
    Reply,
    SectionPage,
    SeriesPage,
)
from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.personal_data import personal_data


def export(person: Person) -> dict[str, Any]:
    imports = ArticleImport.objects.filter(person=person).select_related("site").order_by("pk")
    return {
        "articles": _articles(person),
        "rights_of_reply": _replies(person),
        "votes": _votes(person),
        "imports": [
            {"from": each.address, "into": each.site.host, "asked_at": each.created_at.isoformat()} for each in imports
        ],
    }


def _replies(person: Person) -> list[dict[str, Any]]:
    """Those asked while signed in, and those asked from their address."""
    asked = Reply.objects.filter(Q(person=person) | Q(email__iexact=person.email))
    return [
        {
            "reference": reply.uid,
            "on": reply.title,
            "name": reply.name,
            "passage": reply.passage,
            "reply": reply.text,
            "state": reply.state,
            "reason": reply.reason,
            "asked_at": reply.asked_at.isoformat(),
        }
        for reply in asked.order_by("pk")
    ]


def _votes(person: Person) -> list[dict[str, Any]]:
    given = PollVote.objects.filter(person=person).select_related("poll__article__site", "answer").order_by("pk")
    return [
        {
            "in": vote.poll.article.address,
            "question": vote.poll.question,
            "answer": vote.answer.words,
            "at": vote.at.isoformat(),
        }
        for vote in given
    ]


def _articles(person: Person) -> list[dict[str, Any]]:
    pages = ArticlePage.objects.filter(owner=person).select_related("article__site").order_by("pk")
    return [
        {
            "title": page.title,
            "lead": page.lead,
            "signed": article.signature if (article := getattr(page, "article", None)) else "",
            "address": article.address if article else None,
            "published_at": article.published_at.isoformat() if article and article.published_at else None,
            "written_at": page.latest_revision_created_at.isoformat() if page.latest_revision_created_at else None,
        }
        for page in pages
    ]


def erase(person: Person) -> None:
    """Before works', which would take the articles away with the person. Of a vote the number alone stays."""
    PollVote.objects.filter(person=person).delete()
    Article.objects.filter(author=person).update(author=None)
    ArticleImport.objects.filter(person=person).update(person=None)
    for model in (ArticlePage, SectionPage, AuthorPage, SeriesPage):
        model.objects.filter(owner=person).update(owner=None)
    asked = Reply.objects.filter(Q(person=person) | Q(email__iexact=person.email))
    asked.exclude(state=Reply.State.PUBLISHED).delete()
    asked.update(person=None, email="")


personal_data(
    "articles",
    export=export,
    erase=erase,
    models=[Article, ArticleImport, Reply, PollVote],
    goes=_(
        "That it was you who brought an article to the editors’ desk, and what you voted in a poll. Requests for a"
        " right of reply that were not published, and your address in the others."
    ),
    stays=_(
        "Articles of a newsroom: they are its publisher’s, and so is the name they are signed with. Replies published"
        " by right: the law has them stand as long as the article. The number of votes in a poll."
    ),
)
