"""What is published or changed is findable by its words a moment later. What is removed goes with its row."""

from __future__ import annotations

from bouquet.shared.notifications.events import Changed, Published
from bouquet.shared.search.tasks import write_channel
from bouquet.shared.search.writing import write_entries
from bouquet.shared.works.events import ChannelChanged, WorksBrought
from bouquet.toolkit.events import on


@on(Published)
def index_published(event: Published) -> None:
    write_entries([event.work_id])


@on(Changed)
def index_changed(event: Changed) -> None:
    write_entries([event.work_id])


@on(WorksBrought)
def index_brought(event: WorksBrought) -> None:
    write_entries(event.work_ids)


@on(ChannelChanged)
def index_channel(event: ChannelChanged) -> None:
    write_channel.enqueue(event.channel_id)
