"""Consequences of news about works."""

from __future__ import annotations

from bouquet.shared.audience.models import Subject
from bouquet.shared.audience.store import store
from bouquet.shared.works.events import WorkRemoved
from bouquet.toolkit.events import on


@on(WorkRemoved)
def forget_its_numbers(event: WorkRemoved) -> None:
    store().forget(Subject.WORK, event.work_id)
