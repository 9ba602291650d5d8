"""Consequences of news about works."""

from __future__ import annotations

from bouquet.shared.accounts.models import Person
from bouquet.shared.notifications.actions import notify
from bouquet.shared.works.events import ChannelFollowed, WorkPublished
from bouquet.shared.works.models import Channel
from bouquet.shared.works.tasks import tell_followers_of
from bouquet.toolkit.events import on


@on(ChannelFollowed)
def tell_the_owner(event: ChannelFollowed) -> None:
    channel = Channel.objects.filter(pk=event.channel_id).select_related("owner").first()
    person = Person.objects.filter(pk=event.person_id).first()
    if channel and channel.owner and person and person != channel.owner:
        key = f"works.followed:{channel.pk}:{person.pk}"
        notify(channel.owner, "works.followed", url=f"/@{person.handle}/", key=key, name=person.name)


@on(WorkPublished)
def tell_who_follows(event: WorkPublished) -> None:
    tell_followers_of.enqueue(event.work_id)
