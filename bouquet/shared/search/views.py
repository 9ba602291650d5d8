"""`/search/?q=…&site=here|all|<slug>&kind=…&category=…&tag=…&language=…&length=…&since=…&order=…&page=…`"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bouquet.shared.network.kinds import all_kinds
from bouquet.shared.network.models import Site
from bouquet.shared.search.finding import ORDERS as SEARCH_ORDERS
from bouquet.shared.search.finding import Found, find, suggest
from bouquet.shared.search.meaning import did_you_mean
from bouquet.shared.works.models import (
    LENGTHS,
    ORDERS,
    SINCE,
    Filters,
    Work,
    category_name,
    language_name,
    offered_categories,
)
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import public

MOST_SIGNS = 500  # of a line
MEANWHILE = 8  # works below a search without hits


@dataclass(frozen=True)
class Choice:
    name: str
    label: Any
    options: list[tuple[str, Any]]
    chosen: str


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """A page for each question; its answers differ by reader, so it is kept nowhere and not indexed by others.

    A longer line than is read has the address of what is read of it: every link of the page carries it."""
    asked = request.GET.get("q", "")
    if len(asked) > MOST_SIGNS:
        return redirect(request.path + _address(request.GET, q=asked[:MOST_SIGNS]))
    chosen_site = _chosen_site(request)
    everywhere = chosen_site is not None or request.GET.get("site") == "all" or request.site.is_main
    kinds = {kind.slug: kind for kind in all_kinds()}
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in kinds else ""
    filters = Filters.read(request.GET)
    order = request.GET.get("order", "") if request.GET.get("order", "") in SEARCH_ORDERS else ""
    viewer, where = Viewer.of(request), chosen_site or (None if everywhere else request.site)
    found = find(
        asked,
        viewer=viewer,
        site=where,
        kind=kind,
        filters=filters,
        order=order,
        page=_page_number(request),
    )
    carried = ("q", "kind", "tag") if request.site.is_main else ("q", "site", "kind", "tag")
    context = {
        "asked": asked,
        "found": found,
        "hits": found.hits(),
        "everywhere": everywhere,
        "tabs": _tabs(request, everywhere),
        "facets": _facets(request, found, kinds, kind),
        "choices": _choices(found, filters, order, chosen_site, request) if found.total or filters else [],
        "carried": [(name, request.GET[name]) for name in carried if request.GET.get(name)],
        "chosen": _chosen(request, filters, chosen_site),
        "all_url": f"?{_only_question(request.GET)}",
        "meant": _meant(request, found, viewer, where),
        "next_url": _address(request.GET, page=str(found.page + 1)) if found.has_next else "",
        "previous_url": _address(request.GET, page=str(found.page - 1)) if found.page > 1 else "",
    }
    if asked and not found.matched:
        context |= _instead(request, asked, viewer, everywhere)
    return render(request, "search/search.html", context)


@public
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles for what is typed so far: what the field's script asks, a letter at a time."""
    asked = request.GET.get("q", "")[:200]
    works = suggest(asked, viewer=Viewer.of(request), site=None if request.site.is_main else request.site)
    lines = [
        {
            "title": work.shown_title,
            "url": work.address_from(request.site),
            "channel": work.channel.name if work.channel else "",
        }
        for work in works
    ]
    answer = JsonResponse({"suggestions": lines})
    answer["Cache-Control"] = "private, max-age=60"
    return answer


def _meant(request: HttpRequest, found: Found, viewer: Viewer, site: Site | None) -> list[dict[str, Any]]:
    """Other lines and their addresses: what was chosen of kind, category and so on does not hold for them.

    Where this site has nothing like it, the whole network is asked.
    """
    kept = QueryDict(_only_question(request.GET).encode(), mutable=True)
    if site and request.site.is_main:
        kept["site"] = site.slug
    lines = did_you_mean(found.wanted, viewer=viewer, site=site, found=found.matched)
    if not lines and not found.matched and site:
        kept["site"] = "all"
        lines = did_you_mean(found.wanted, viewer=viewer)
    return [{"pieces": each.pieces, "url": _address(kept, q=each.line)} for each in lines]


def _instead(request: HttpRequest, asked: str, viewer: Viewer, everywhere: bool) -> dict[str, Any]:
    """For a page without hits: whether the rest of the network has some, and what is watched here meanwhile."""
    elsewhere = 0 if everywhere else find(asked, viewer=viewer, size=1).matched
    shown = Work.objects.on(request.site).listed_for(viewer)
    trending = shown.trends().cards()[:MEANWHILE]
    return {
        "elsewhere": elsewhere,
        "elsewhere_url": f"?{urlencode({'q': asked, 'site': 'all'})}",
        "meanwhile": list(trending) or list(shown.latest().cards()[:MEANWHILE]),
    }


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1


def _chosen_site(request: HttpRequest) -> Site | None:
    """On the network's own front the search can be narrowed to one of its sites."""
    slug = request.GET.get("site", "")
    if not request.site.is_main or not slug or slug == "all":
        return None
    return Site.objects.open().filter(slug=slug, is_main=False).first()


def _tabs(request: HttpRequest, everywhere: bool) -> list[tuple[str, str, bool]]:
    if request.site.is_main:
        return []
    here = (request.site.name, _address(request.GET, site="", page=""), not everywhere)
    return [here, (_("The whole network"), _address(request.GET, site="all", page=""), everywhere)]


def _facets(request: HttpRequest, found: Found, kinds: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    if len(found.kinds) < 2 and not chosen:
        return []
    everything = {"label": _("Everything"), "url": _address(request.GET, kind="", page=""), "current": not chosen}
    return [everything] + [
        {
            "label": f"{kinds[slug].label} ({number})",
            "icon": kinds[slug].icon,
            "url": _address(request.GET, kind=slug, page=""),
            "current": slug == chosen,
        }
        for slug, number in found.kinds.items()
        if slug in kinds
    ]


def _choices(found: Found, filters: Filters, order: str, site: Site | None, request: HttpRequest) -> list[Choice]:
    """What can be chosen, each with how many hits it would leave; what has one value only is no choice."""
    facets, every = found.facets, ("", _("All"))
    names = dict(offered_categories())
    orders = [("", _("Best first")), *((name, ORDERS[name][0]) for name in SEARCH_ORDERS if name)]
    lengths = {name: label for name, (label, _fits) in LENGTHS.items()}
    dates = {name: label for name, (label, _ago) in SINCE.items()}
    choices = [
        Choice("category", _("Category"), [every, *_counted(facets.category, names)], filters.category),
        Choice("language", _("Language"), [every, *_counted(facets.language, language_name)], filters.language),
        Choice("length", _("Length"), [every, *_counted(facets.length, lengths)], filters.length),
        Choice("since", _("Published"), [("", _("At any time")), *_counted(facets.since, dates)], filters.since),
        Choice("order", _("Order"), orders, order),
    ]
    if request.site.is_main:
        sites = {each.pk: each for each in Site.objects.open()}
        options = [
            (sites[pk].slug, f"{sites[pk].name} ({number})") for pk, number in facets.site.items() if pk in sites
        ]
        choices.insert(0, Choice("site", _("Site"), [every, *options], site.slug if site else ""))
    return [choice for choice in choices if len(choice.options) > 2 or choice.chosen]


def _counted(numbers: dict[str, int], names: Any) -> list[tuple[str, str]]:
    """In the order of the names where these have one, else the most frequent first."""
    if callable(names):
        return [(value, f"{names(value)} ({number})") for value, number in numbers.items()]
    return [(value, f"{label} ({numbers[value]})") for value, label in names.items() if value in numbers]


def _chosen(request: HttpRequest, filters: Filters, site: Site | None) -> list[dict[str, Any]]:
    labels = {
        "site": site.name if site else "",
        "category": category_name(filters.category),
        "tag": filters.tag.replace("-", " "),
        "language": language_name(filters.language) if filters.language else "",
        "length": LENGTHS[filters.length][0] if filters.length else "",
        "since": SINCE[filters.since][0] if filters.since else "",
    }
    return [
        {"label": label, "url": _address(request.GET, **{name: "", "page": ""})}
        for name, label in labels.items()
        if label
    ]


def _only_question(query: QueryDict) -> str:
    kept = QueryDict(mutable=True)
    kept["q"] = query.get("q", "")
    if query.get("site") == "all":
        kept["site"] = "all"
    return kept.urlencode()


def _address(query: QueryDict, **changes: str) -> str:
    changed = query.copy()
    for name, value in changes.items():
        changed[name] = value
        if not value:
            del changed[name]
    return f"?{changed.urlencode()}"
