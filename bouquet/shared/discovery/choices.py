"""What a member says of suggestions: off, on, not this work, not this channel; and takes back."""

from __future__ import annotations

from bouquet.shared.accounts.models import Person
from bouquet.shared.discovery.models import Dismissal, HomeChoice
from bouquet.shared.works.models import Channel, Work

MOST = 2000  # of one member: the oldest make room


def switch_home(person: Person, *, on: bool) -> None:
    HomeChoice.objects.update_or_create(person=person, defaults={"is_on": on})


def dismiss_work(person: Person, work: Work) -> None:
    """Twice is once. Its page, lists that are asked for and the search show it still."""
    Dismissal.objects.get_or_create(person=person, work_id=work.pk)
    _make_room(person)


def hide_channel(person: Person, channel: Channel) -> None:
    Dismissal.objects.get_or_create(person=person, channel_id=channel.pk)
    _make_room(person)


def take_back(person: Person, *, work: Work | None = None, channel: Channel | None = None) -> None:
    Dismissal.objects.filter(person=person, work=work, channel=channel).delete()


def _make_room(person: Person) -> None:
    oldest = Dismissal.objects.filter(person=person).order_by("-pk").values_list("pk", flat=True)[MOST:]
    Dismissal.objects.filter(pk__in=list(oldest[:100])).delete()
