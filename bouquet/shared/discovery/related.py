"""What to watch after a work: its channel's next, what shares its tags or category, what the same people watch."""

from __future__ import annotations

from bouquet.shared.discovery.candidates import anything, like
from bouquet.shared.discovery.choosing import choose
from bouquet.shared.discovery.watched import watched_together
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer

NUMBER = 12


def related_to(work: Work, viewer: Viewer, number: int = NUMBER) -> list[Work]:
    """Cards that this viewer may find, best first, each with its `why`. At most 13 queries, none of them a scan."""
    sources = [*like(work), *watched_together(work)]
    found = choose(sources, viewer, number, but={work.pk}, language=work.language)
    if len(found) < number:
        seen = {work.pk, *(each.pk for each in found)}
        found += choose(anything(work), viewer, number - len(found), but=seen, language=work.language)
    return found
