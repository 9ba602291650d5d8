"""A new film of a new category is offered above the lists a moment later."""

from __future__ import annotations

from bouquet.shared.discovery.tasks import count_sorts
from bouquet.shared.notifications.events import Changed, Published
from bouquet.shared.works.events import WorksBrought
from bouquet.toolkit.events import on


@on(Published)
def count_published(event: Published) -> None:
    count_sorts.enqueue()


@on(Changed)
def count_changed(event: Changed) -> None:
    count_sorts.enqueue()


@on(WorksBrought)
def count_brought(event: WorksBrought) -> None:
    count_sorts.enqueue()
