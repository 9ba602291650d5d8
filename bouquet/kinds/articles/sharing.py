"""An article as other places show it when somebody shares its address: what they read of it, and what to mend before.

They read Open Graph (https://ogp.me), as templates/articles/article.html writes it; each cuts where it likes, and says
so nowhere for long: the numbers here are what their cards held when this was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

from bouquet.kinds.articles.covers import CUT
from bouquet.kinds.articles.models import ArticlePage
from bouquet.shared.network.models import Picture, Site
from bouquet.shared.works.actions import one_line, plain_text

TITLE, DESCRIPTION = 70, 200  # letters that most cards show
SEARCH_TITLE, SEARCH_DESCRIPTION = 60, 160
WIDTH, HEIGHT = 1200, 630  # what they ask for


@dataclass(frozen=True)
class SharedLook:
    title: str
    description: str
    host: str
    picture: str  # the address of a 16:9 cut, of which they show 1.91:1; "" where there is none
    alternative: str
    search_title: str
    search_description: str
    warnings: list[str]


def shared_look_of(page: ArticlePage, site: Site) -> SharedLook:
    title, lead = one_line(page.title), plain_text(page.lead)
    return SharedLook(
        title=title,
        description=lead or site.tagline,
        host=site.host,
        picture=_cut(page.picture),
        alternative=page.picture.description if page.picture else "",
        search_title=one_line(page.seo_title) or title,
        search_description=plain_text(page.search_description) or lead or title,
        warnings=list(_warnings(page, title, lead)),
    )


def _warnings(page: ArticlePage, title: str, lead: str) -> Iterator[str]:
    if len(title) > TITLE:
        words = _("The title has %(number)s letters: most places show some %(most)s.")
        yield words % {"number": len(title), "most": TITLE}
    if not lead:
        yield _("It has no lead: the site’s own line stands below the title, the same for every article.")
    elif len(lead) > DESCRIPTION:
        words = _("The lead has %(number)s letters: most places show some %(most)s.")
        yield words % {"number": len(lead), "most": DESCRIPTION}
    if page.picture is None:
        yield _("It has no first picture: a card without one is small, and few people see it.")
    elif page.picture.width < WIDTH or page.picture.height < HEIGHT:
        size = {"width": page.picture.width, "height": page.picture.height, "most": WIDTH, "least": HEIGHT}
        words = _(
            "The first picture has %(width)s × %(height)s points: large cards want %(most)s × %(least)s at least."
        )
        yield words % size
    if len(one_line(page.seo_title) or title) > SEARCH_TITLE:
        yield _("Search engines cut titles after some %(number)s letters: give a shorter one for them.") % {
            "number": SEARCH_TITLE
        }


def _cut(picture: Picture | None) -> str:
    try:
        return str(picture.get_rendition(CUT).url) if picture is not None else ""
    except (SourceImageIOError, OSError):
        return ""
