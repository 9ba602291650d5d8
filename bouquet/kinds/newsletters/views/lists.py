"""A site's newsletters, what each has sent, and one issue: on the web, for who wants no mail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import override
from django.views.decorators.http import require_safe

from bouquet.kinds.newsletters.archive import titles_of, works_in
from bouquet.kinds.newsletters.forms import SignUpForm
from bouquet.kinds.newsletters.models import Issue, Newsletter
from bouquet.kinds.newsletters.permissions import sent_issues, shown_newsletters
from bouquet.shared.works.permissions import Viewer
from bouquet.shared.works.syndication import ITEMS, conditional, xml_text
from bouquet.toolkit.access import public
from bouquet.toolkit.pages import keyset_page

NEWEST = ("-ended_at", "-pk")
ON_HOME = 50


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    letters = list(shown_newsletters(request.site)[:ON_HOME])  # type: ignore[attr-defined]
    return render(request, "newsletters/home.html", {"letters": letters, "form": SignUpForm()})


@public
@require_safe
def newsletter(request: HttpRequest, slug: str) -> HttpResponse:
    letter = _named(request, slug)
    page = keyset_page(sent_issues(letter), request, by=NEWEST)
    titles = titles_of(page.rows, Viewer.of(request))
    shown = [(issue, titles[issue.pk]) for issue in page.rows]
    context = {"letter": letter, "page": page, "issues": shown, "form": SignUpForm()}
    return render(request, "newsletters/newsletter.html", context)


@public
@require_safe
def issue(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    letter = _named(request, slug)
    issue: Issue = get_object_or_404(sent_issues(letter), number=min(number, 2**31 - 1))
    issue.newsletter = letter
    kept = works_in(issue, Viewer.of(request))
    context = {"letter": letter, "issue": issue, "kept": kept, "form": SignUpForm()}
    return render(request, "newsletters/issue.html", context)


@public
@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Its issues as RSS, for nobody in particular."""
    letter = _named(request, slug)
    issues = list(sent_issues(letter).order_by(*NEWEST)[:ITEMS])
    titles = titles_of(issues, Viewer.stranger(request))
    with override(letter.language):
        feed = Rss201rev2Feed(
            title=xml_text(f"{letter.name} – {letter.site.name}"), link=letter.address, language=letter.language,
            description=xml_text(letter.about or letter.name), feed_url=f"{letter.address}rss.xml",
        )  # fmt: skip
        for each in issues:
            each.newsletter = letter
            words = ". ".join([*([each.intro] if each.intro else []), *titles[each.pk]])
            feed.add_item(
                title=xml_text(each.subject), link=each.address, description=xml_text(words), pubdate=each.ended_at,
                unique_id=each.address,
            )  # fmt: skip
    return conditional(request, feed, [])


def _named(request: Any, slug: str) -> Newsletter:
    return get_object_or_404(shown_newsletters(request.site), slug=slug[:60])
