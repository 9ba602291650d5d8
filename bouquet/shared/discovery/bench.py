"""`bouquet bench finding`: related films, home, browsing, search and trends: 100,000 videos, a million follows.

Each figure stands beside two references of the same run: one work by its primary key, and the same with few videos.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import click
from django.db import connection
from django.test import Client
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.discovery.actions import home_of, related_to, sorts_of
from bouquet.shared.discovery.models import Reach
from bouquet.shared.discovery.tallies import write_tallies
from bouquet.shared.discovery.trends import roll_up_trends
from bouquet.shared.network.models import Site
from bouquet.shared.search.bench import search_lists
from bouquet.shared.works.bench import Figure, _time
from bouquet.shared.works.bench_fill import WORDS, fill, throwaway_database, tidy_up
from bouquet.shared.works.models import Channel, Filters, Reaction, Tag, Work
from bouquet.shared.works.viewer import Viewer
from bouquet.toolkit.pages import keyset_page
from bouquet.toolkit.remembered import forget

CATEGORIES = ["news", "culture", "cinema", "music", "sport", "travel", "food", "science", "nature", "people"]
LANGUAGES = ["fr", "fr", "fr", "en", "en", "de", "es"]
TAGS = 300
EACH_FOLLOWS = 50
EACH_WATCHED = 10


@click.command("finding")
@click.option("--videos", default="2000,100000", show_default=True, help="How many videos: one or more numbers.")
@click.option("--follows", default=1_000_000, show_default=True, help="How many follows, in each.")
def finding(videos: str, follows: int) -> None:
    """Milliseconds of each way to find, in throwaway databases of the configured engine."""
    columns, numbers = [], [int(each) for each in videos.split(",")]
    for number in numbers:
        with throwaway_database():
            started = time.perf_counter()
            person = fill(number)
            _make_videos(number)
            _make_people(follows // EACH_FOLLOWS, number)
            _make_tastes(person)
            click.echo(f"{connection.vendor}: {number:,} videos in {time.perf_counter() - started:.0f} s", err=True)
            columns.append(_measure(person))
    _print(numbers, columns)


BENCHES = [finding]


def _make_videos(number: int) -> None:
    """All of them videos, of a category, a language and three tags each; a rare tag hangs on a thousandth."""
    categories = " ".join(f"WHEN {n} THEN '{name}'" for n, name in enumerate(CATEGORIES))
    languages = " ".join(f"WHEN {n} THEN '{name}'" for n, name in enumerate(LANGUAGES))
    tags = Tag.objects.bulk_create([Tag(slug=f"tag-{n}", name=f"{WORDS[n % len(WORDS)]} {n}") for n in range(TAGS)])
    first = tags[0].pk
    table = Work.tags.through._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE works_work SET kind = 'videos', category = CASE id % {len(CATEGORIES)} {categories} END,"  # noqa: S608
            f" language = CASE (id / 7) % {len(LANGUAGES)} {languages} END, likes = (id * 7919) % 1000"
        )
        for place in (
            "id % 7",  # common: a seventh of all
            f"7 + (id * 31) % {TAGS - 20}",
            f"7 + (id / 3) % {TAGS - 20}",
        ):
            cursor.execute(
                f"INSERT INTO {table} (work_id, tag_id) SELECT id, {first} + {place} FROM works_work WHERE true"  # noqa: S608
                " ON CONFLICT DO NOTHING"
            )
        rare = f"SELECT id, {first + TAGS - 1} FROM works_work WHERE id % 1000 = 1"  # noqa: S608
        cursor.execute(f"INSERT INTO {table} (work_id, tag_id) {rare}")
    today = timezone.localdate()
    ids = list(Work.objects.order_by("pk").values_list("pk", flat=True)[: max(50, number // 50)])
    Reach.objects.bulk_create([Reach(work_id=pk, day=today, addresses=3 + pk % 400) for pk in ids], batch_size=500)


def _make_people(number: int, videos: int) -> None:
    people = [Person(email=f"f{n}@bench.example", name=f"F {n}", handle=f"fan-{n}", uid=f"f{n}") for n in range(number)]
    made = Person.objects.bulk_create(people, batch_size=500)
    if not made:
        return
    first, last = made[0].pk, made[-1].pk
    channels, begin = Channel.objects.count(), Channel.objects.order_by("pk").values_list("pk", flat=True)[0]
    step = max(1, channels // EACH_FOLLOWS)
    now = "CURRENT_TIMESTAMP"
    works = Work.objects.order_by("pk").values_list("pk", flat=True)[0]
    counter = "WITH RECURSIVE n(j) AS (SELECT 0 UNION ALL SELECT j + 1 FROM n WHERE j < {most})"
    fans = f"FROM accounts_person AS p, n WHERE p.id BETWEEN {first} AND {last}"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO works_follow (person_id, channel_id, tells, created_at)"
            f" {counter.format(most=EACH_FOLLOWS - 1)}"
            f" SELECT p.id, {begin} + (j * {step} + (p.id * 31) % {step}) % {channels}, (1 = 1), {now} {fans}"
        )
        cursor.execute(
            "INSERT INTO works_watching (person_id, work_id, seconds, duration, is_open, created_at, updated_at)"
            f" {counter.format(most=EACH_WATCHED - 1)} SELECT p.id,"
            f" {works} + ((p.id % 500) * 13 + j * 17) % {videos}, 60, 300, (1 = 0), {now}, {now} {fans}"
            " ON CONFLICT DO NOTHING"
        )
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")


def _make_tastes(person: Person) -> None:
    for pk in Work.objects.listed_for(Viewer()).order_by("-pk").values_list("pk", flat=True)[5:8]:
        Reaction.objects.create(person=person, work_id=pk)


def _measure(person: Person) -> dict[str, Figure]:
    tasks = {"task: trends": _once(roll_up_trends), "task: how many of each sort": _once(write_tallies)}
    member, stranger = Viewer(person=person, territory="FR", age=30), Viewer(territory="FR")
    site = Site.objects.order_by("pk")[0]
    shelf = Work.objects.listed_for(stranger).filter(kind="videos").cards()
    here = Work.objects.on(site).listed_for(stranger).filter(kind="videos").cards()
    works = Work.objects.cards().prefetch_related("tags")
    seen = works.get(pk=Work.objects.filter(watched_by__isnull=False, on_shelves=True).values_list("pk", flat=True)[0])
    last = works.get(pk=Work.objects.filter(on_shelves=True).order_by("-pk").values_list("pk", flat=True)[0])

    def browse(works: Any, **asked: str) -> Callable[[], Any]:
        filters = Filters(**asked)
        return lambda: keyset_page(filters.narrow(works), by=filters.by)

    client = Client(headers={"host": site.host})
    client.force_login(person)
    lists: dict[str, Callable[[], Any]] = {
        "  reference: one work by its primary key": lambda: Work.objects.cards().get(pk=last.pk),
        "  reference: a page of the newest": browse(shelf),
        "related, a film that many watched": lambda: related_to(seen, stranger),
        "related, a new film, for a member": lambda: related_to(last, member),
        "home (500 channels, likes, neighbours)": lambda: home_of(person, member),
        "the page of the home, with its HTML": lambda: client.get("/for-you/"),
        "the same, no card made before": lambda: [forget(), client.get("/for-you/")],  # type: ignore[func-returns-value]
        "browse a category": browse(shelf, category="music"),
        "browse a category of one site": browse(here, category="music"),
        "browse a category, language, length, date": browse(
            shelf, category="music", language="de", length="medium", since="week"
        ),
        "browse what there is none of": browse(shelf, language="pt", length="long"),
        "browse a common tag": browse(shelf, tag="tag-3"),
        "browse a rare tag": browse(shelf, tag=f"tag-{TAGS - 1}"),
        "most seen ever": browse(shelf, order="views"),
        "most seen ever, one site, a language": browse(here, order="views", language="de"),
        "most liked of a category": browse(shelf, order="liked", category="music"),
        "the longest": browse(shelf, order="longest"),
        "trending": browse(shelf, order="trending"),
        "how many of each sort, for the chips": lambda: sorts_of("videos", site),
    }
    lists |= search_lists()
    tidy_up()
    for make in lists.values():
        make()  # the first call of each pays for imports and caches
    return {name: _time(make) for name, make in lists.items()} | tasks


def _once(make: Callable[[], Any]) -> Figure:
    started = time.process_time()
    make()
    return Figure((time.process_time() - started) * 1000, 0)


def _print(numbers: list[int], columns: list[dict[str, Figure]]) -> None:
    heads = "".join(f"{number:>11,}" for number in numbers)
    click.echo(f"{'milliseconds, best of 15':<46}{heads}{'ratio':>8}{'of 1 key':>10}{'queries':>9}")
    key = next(iter(columns[-1].values())).milliseconds
    for name in columns[0]:
        figures = [column[name] for column in columns]
        ratio = figures[-1].milliseconds / max(0.01, figures[0].milliseconds)
        values = "".join(f"{figure.milliseconds:>11.1f}" for figure in figures)
        click.echo(f"{name:<46}{values}{ratio:>8.2f}{figures[-1].milliseconds / key:>10.1f}{figures[-1].queries:>9}")
