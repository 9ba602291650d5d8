"""Consequences of news about works."""

from __future__ import annotations

from bouquet.shared.accounts.events import AccountErased
from bouquet.shared.accounts.models import Person
from bouquet.shared.notifications.actions import notify
from bouquet.shared.notifications.events import Changed, Published, Removed
from bouquet.shared.works.events import ChannelChanged, ChannelFollowed, WorkPublished, WorksBrought
from bouquet.shared.works.keeping import clear_lists_with, clear_where_it_stands
from bouquet.shared.works.models import Channel
from bouquet.shared.works.tasks import tell_followers_of
from bouquet.toolkit.events import at_once, on
from bouquet.toolkit.page_cache.actions import EVERYTHING, clear_pages


@at_once(Published, Changed)
def clear_pages_that_show_it(event: Published | Changed) -> None:
    clear_where_it_stands(event.work_id)


@at_once(WorksBrought)
def clear_lists_that_they_join(event: WorksBrought) -> None:
    clear_lists_with(event.work_ids)


@at_once(Removed)
def clear_pages_that_showed_it(event: Removed) -> None:
    clear_pages(f"work:{event.work_id}")


@at_once(ChannelChanged, AccountErased)
def clear_pages_with_names(event: ChannelChanged | AccountErased) -> None:
    """Their names may stand anywhere: on cards, below comments."""
    clear_pages(EVERYTHING)


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
