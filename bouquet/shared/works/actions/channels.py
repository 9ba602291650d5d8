"""Channels, and following them."""

from __future__ import annotations

from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import F

from bouquet.shared.accounts.actions import drop_picture, keep_picture
from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Site
from bouquet.shared.works.events import ChannelChanged, ChannelFollowed
from bouquet.shared.works.models import Channel, Follow
from bouquet.toolkit.events import announce
from bouquet.toolkit.ids import short_id


def channel_of(person: Person, site: Site) -> Channel:
    """The person's own channel; opened here if they have none.

    One for the whole network: people follow somebody, wherever they publish. `site` is only where it begins.
    """
    if channel := Channel.objects.filter(owner=person, personal=True).first():
        return channel
    for slug in (person.handle, f"{person.handle[:50]}-{short_id()[:6].lower()}"):
        try:
            with transaction.atomic():
                return Channel.objects.create(owner=person, personal=True, site=site, name=person.name, slug=slug)
        except IntegrityError:  # the slug is taken, or another request opened the channel a moment ago
            if channel := Channel.objects.filter(owner=person, personal=True).first():
                return channel
    raise RuntimeError(f"no address is free for the channel of person {person.pk}")


def channel_of_site(site: Site) -> Channel:
    """The site's own, in whose name its desk publishes and that people follow; opened where it has none."""
    if channel := Channel.objects.filter(site=site, owner=None, personal=False).order_by("pk").first():
        return channel
    taken = Channel.objects.filter(slug=site.slug).exists()
    slug = f"{site.slug}-{short_id()[:6].lower()}" if taken else site.slug
    return Channel.objects.create(site=site, slug=slug, name=site.name, about=site.tagline)


def rename_channel(channel: Channel, *, by: Person | None, name: str, about: str = "") -> None:
    with transaction.atomic():
        channel.name, channel.about = name.strip() or channel.name, about.strip()
        channel.save(update_fields=["name", "about"])
        announce(ChannelChanged(channel_id=channel.pk))


def change_channel_picture(channel: Channel, file: BinaryIO | None, *, size: int = 0) -> None:
    """Squares of our own making, nothing of the file that came is kept; None: without one. Raises PictureRefused."""
    before = channel.picture.name or ""
    channel.picture = keep_picture(file, size=size) if file is not None else ""
    with transaction.atomic():
        channel.save(update_fields=["picture"])
        transaction.on_commit(lambda: drop_picture(before))


def follow_channel(channel: Channel, *, by: Person) -> None:
    """Twice is once. The owner hears of it."""
    with transaction.atomic():
        _follow, is_new = Follow.objects.get_or_create(channel=channel, person=by)
        if is_new:
            Channel.objects.filter(pk=channel.pk).update(followers=F("followers") + 1)
            announce(ChannelFollowed(channel_id=channel.pk, person_id=by.pk))


def tell_of_channel(channel: Channel, *, by: Person, wanted: bool) -> None:
    """Whether a follower gets a notice of every new work. Nothing for who does not follow."""
    Follow.objects.filter(channel=channel, person=by).update(tells=wanted)


def unfollow_channel(channel: Channel, *, by: Person) -> None:
    with transaction.atomic():
        gone, _rows = Follow.objects.filter(channel=channel, person=by).delete()
        if gone:
            Channel.objects.filter(pk=channel.pk, followers__gt=0).update(followers=F("followers") - 1)
