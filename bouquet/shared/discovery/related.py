"""What to watch after a work: its channel's next, what shares its tags or category, what the same people watch."""

from __future__ import annotations

from bouquet.shared.discovery.candidates import anything, like, read
from bouquet.shared.discovery.choosing import Choosing, with_reasons
from bouquet.shared.discovery.watched import watched_together
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer

NUMBER = 12


def related_to(work: Work, viewer: Viewer, number: int = NUMBER) -> list[Work]:
    """Cards that this viewer may find, best first, each with its `why`. At most ten queries, none of them a scan."""
    sources = [*read(list(like(work))), *watched_together(work)]
    ids, why = Choosing(sources, viewer).best(sources, number, but={work.pk}, language=work.language)
    if len(ids) < number:
        others = read(list(anything(work)))
        more, why_more = Choosing(others, viewer).best(others, number - len(ids), but={work.pk, *ids})
        ids, why = ids + more, why | why_more
    cards = with_reasons(ids, why)
    return [cards[pk] for pk in ids if pk in cards]
