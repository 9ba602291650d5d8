"""Who watched the demo's films: a believable history of plays, written through the real store by the real rule."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from bouquet.config.demo.videos import DemoVideo
from bouquet.kinds.videos.models import Video
from bouquet.shared.audience.hits import DEVICES, Hit, Mark
from bouquet.shared.audience.models import Tally
from bouquet.shared.audience.store import store
from bouquet.shared.discovery.trends import roll_up_trends
from bouquet.shared.works.actions import add_views
from bouquet.shared.works.rollup import roll_up_views

LENGTH = 12.0  # seconds, of a film that has not been looked at yet
SOURCES = [
    "",
    "",
    "",
    "=",
    "=",
    "search.example",
    "search.example",
    "forum.example",
    "mastodon.example",
    "journal.example",
]
COUNTRIES = ["FR"] * 14 + ["BE", "BE", "CH", "CA", "CA", "MA", "DE", "DE", "GB", "SN"]
CLASSES = ["phone"] * 11 + ["desktop"] * 7 + ["tablet"] * 2 + ["tv"]
EMBEDS = ["journal.example", "lycee.example", "blog.example"]
HOURS = [1, 0, 0, 0, 0, 0, 1, 3, 4, 3, 3, 4, 6, 5, 4, 4, 5, 6, 8, 9, 10, 9, 6, 3]


def watch_the_films(films: list[tuple[DemoVideo, Video]]) -> None:
    """Once. A film is watched most in its first days, more on Sundays, more where it is liked."""
    if Tally.objects.exists():
        return
    for demo, video in films:
        hits = list(_plays(demo, video))
        with transaction.atomic():
            add_views(store().write(hits).views)
    roll_up_views()
    roll_up_trends()


def _plays(demo: DemoVideo, video: Video) -> Iterator[Hit]:
    dice = Random(demo.name)
    fame = (2 + 3 * len(demo.likes)) * dice.uniform(0.7, 1.6)
    today = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    for age in range(min(demo.days, 60) + 1):
        day = today - timedelta(days=age)
        since_published = demo.days - age
        expected = fame * (0.15 + math.exp(-since_published / 6)) * (1.4 if day.weekday() == 6 else 1.0)
        for _play in range(round(expected * dice.uniform(0.6, 1.4))):
            yield from _play_on(day, dice, demo, video)


def _play_on(day: datetime, dice: Random, demo: DemoVideo, video: Video) -> Iterator[Hit]:
    began = day.replace(hour=dice.choices(range(24), HOURS)[0], minute=dice.randrange(60))
    if began > timezone.now() - timedelta(minutes=10):
        began -= timedelta(days=1)
    length = video.asset.duration or LENGTH
    first = 0.0 if dice.random() < 0.9 else dice.uniform(0.2, 0.6)
    last = min(1.0, first + (1.0 if dice.random() < 0.45 else dice.betavariate(1.1, 1.6)))
    seen = sum(1 << part for part in range(int(first * 100), max(int(first * 100) + 1, int(last * 100))))
    embedded = dice.random() < 0.12
    hit = Hit(
        at=began.timestamp(),
        play=dice.getrandbits(63),
        work=video.pk,
        channel=video.channel_id or 0,
        site=video.site_id,
        duration=length,
        seconds=0.0,
        parts=0,
        ended=False,
        visitor=dice.randrange(1, 4000),
        origin=dice.randrange(1, 4000),
        country=dice.choice(COUNTRIES),
        device=DEVICES.index(dice.choice(CLASSES)),
        source="" if embedded else dice.choice(SOURCES),
        embed=dice.choice(EMBEDS) if embedded else "",
        marks=int(Mark.EMBED) if embedded else 0,
    )
    yield hit
    watched = (last - first) * length
    end = Hit(*(getattr(hit, name) for name in Hit.__slots__))
    end.at, end.seconds, end.parts, end.ended = hit.at + watched, watched, seen, last == 1.0
    yield end
