"""A throwaway network of many works, written by the database itself in a minute: for `bouquet bench`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Brand, Site
from bouquet.shared.works.models import Channel, Follow, Work

SITES = 10
KINDS = ["videos", "articles", "photos", "music"]
FOLLOWED = 500
WORDS = (
    "harbour dawn market river concert kitchen bicycle garden mountain winter portrait night train theatre village"
    " orchard bridge festival studio island workshop library storm valley bakery museum coast forest parade atelier"
).split()


@contextmanager
def throwaway_database() -> Iterator[None]:
    """An empty database of the configured engine, with all tables, in place of the real one; gone afterwards."""
    real = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="bouquet-bench-") as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        connection.settings_dict["TEST"]["MIGRATE"] = False
        settings.MIGRATION_MODULES = {}
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(real, verbosity=0)


def fill(number: int) -> Person:
    """`number` works of several sites, kinds and audiences; gives a person who follows 500 channels.

    Half of the works come from a hundredth of the channels, as in life; a few are scheduled, hidden, rated, restricted.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # nothing here must survive a power cut
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA journal_mode=MEMORY")
            cursor.execute("PRAGMA cache_size=-400000")
    sites = _fill_sites()
    channels = _fill_people_and_channels(max(FOLLOWED + 100, number // 100), sites)
    indexes = Work._meta.indexes
    with connection.schema_editor(atomic=False) as schema:
        for index in indexes:
            schema.remove_index(Work, index)
    _fill_works(number, sites[0], channels)
    _fill_availabilities()
    with connection.schema_editor(atomic=False) as schema:
        for index in indexes:
            schema.add_index(Work, index)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")
    return _follower(channels)


def tidy_up() -> None:
    """What PostgreSQL does by itself within minutes of so many changes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _fill_sites() -> list[int]:
    brand = Brand.objects.create(name="Bench")
    sites = [Site(slug=f"bench-{n}", host=f"bench-{n}.example", name=f"Bench {n}", brand=brand) for n in range(SITES)]
    return [site.pk for site in Site.objects.bulk_create(sites)]


def _fill_people_and_channels(number: int, sites: list[int]) -> list[int]:
    people = Person.objects.bulk_create(
        [
            Person(email=f"p{n}@bench.example", name=f"Person {n}", handle=f"bench-{n}", uid=f"p{n}")
            for n in range(number)
        ],
        batch_size=500,
    )
    channels = Channel.objects.bulk_create(
        [
            Channel(slug=f"bench-{n}", uid=f"c{n}", name=f"Channel {n}", owner=person, personal=True, site_id=sites[0])
            for n, person in enumerate(people)
        ],
        batch_size=500,
    )
    return [channel.pk for channel in channels]


def _fill_works(number: int, first_site: int, channels: list[int]) -> None:
    """One INSERT … SELECT over a counter; `h` spreads values evenly (Knuth's multiplicative hash)."""
    epoch = int(timezone.now().timestamp()) - number * 40
    moment = {
        "sqlite": f"datetime({epoch} + i * 40, 'unixepoch')",
        "postgresql": f"to_timestamp({epoch} + i * 40)",
    }[connection.vendor]
    few, first = max(1, len(channels) // 100), channels[0]
    words = " ".join(f"WHEN {n} THEN '{word}'" for n, word in enumerate(WORDS))
    kinds = " ".join(f"WHEN {n} THEN '{kind}'" for n, kind in enumerate(KINDS))

    def word(divisor: int) -> str:
        return f"CASE (h / {divisor}) % {len(WORDS)} {words} END"

    boolean = "{}" if connection.vendor == "postgresql" else "({})"
    sql = f"""
        INSERT INTO works_work (uid, site_id, kind, author_id, channel_id, title, slug, summary, translations, category,
            language, credit, licence, state, state_reason, visibility, rating, restricted, listable,
            published_at, created_at, updated_at, views, views_lately, likes, trending,
            comments_policy, guest_policy, comment_count, duration)
        WITH RECURSIVE counter(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM counter WHERE i < {number}),
        spread AS (SELECT i, (i * CAST(2654435761 AS bigint)) % 4294967296 AS h FROM counter),
        placed AS (SELECT i, h, {first} + CASE WHEN h % 2 = 0 THEN (h / 7) % {few} ELSE (h / 7) % {len(channels)} END
            AS c FROM spread)
        SELECT 'w' || i, {first_site} + (h / 64) % {SITES}, CASE (h / 32) % {len(KINDS)} {kinds} END,
            (SELECT owner_id FROM works_channel WHERE id = c), c,
            {word(11)} || ' ' || {word(13)} || ' ' || {word(17)} || ' ' || i, 'work-' || i,
            {word(19)} || ' ' || {word(23)} || ' ' || {word(29)} || ' ' || {word(31)} || ' ' || {word(37)},
            '{{}}', '', '', '', '',
            CASE WHEN h % 97 = 1 THEN 'hidden' WHEN h % 97 = 2 THEN 'scheduled' ELSE 'live' END, '',
            CASE (h / 3) % 50 WHEN 1 THEN 'unlisted' WHEN 2 THEN 'members' WHEN 3 THEN 'followers'
                WHEN 4 THEN 'private' ELSE 'public' END,
            CASE WHEN h % 41 = 0 THEN 18 ELSE 0 END, {boolean.format("h % 53 = 0")}, {boolean.format("1 = 1")},
            {moment}, {moment}, {moment},
            (h / 5) % 5000, CASE WHEN h % 3 = 0 THEN (h / 5) % 700 ELSE 0 END, 0, 0, 'house', 'ask', 0, 60 + h % 600
        FROM placed
    """  # noqa: S608 (numbers and words of this file)
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _fill_availabilities() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO works_availability (work_id, territory, excluded, from_grant) SELECT id,"
            " CASE WHEN id % 2 = 0 THEN 'FR' ELSE 'BE' END, (id < 0), (id < 0) FROM works_work WHERE restricted"
        )


def _follower(channels: list[int]) -> Person:
    """Follows the busy and the quiet: every so many-th channel."""
    person = Person.objects.create(email="follower@bench.example", name="Chloé", handle="bench-chloe")
    step = len(channels) / FOLLOWED
    chosen = sorted({channels[int(n * step)] for n in range(FOLLOWED)})
    Follow.objects.bulk_create([Follow(person=person, channel_id=pk) for pk in chosen], batch_size=500)
    return person
