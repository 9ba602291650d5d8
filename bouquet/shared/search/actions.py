"""Make a work findable by its present words."""

from __future__ import annotations

from collections.abc import Iterator

from bouquet.shared.search.spelling import count_words
from bouquet.shared.search.writing import write_entries
from bouquet.shared.works.models import Work

CHUNK = 2000


def index_work(work: Work) -> None:
    """Kinds need not call it after publishing or `works.actions.change_work`: those are heard."""
    write_entries([work.pk])


def index_all() -> Iterator[int]:
    """Every work again, in steps, and all their words; gives how many works are done so far."""
    done, last = 0, 0
    while ids := list(Work.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        done, last = done + write_entries(ids), ids[-1]
        yield done
    count_words()
