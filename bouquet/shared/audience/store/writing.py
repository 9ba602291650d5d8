"""A batch of plays into the rows: what is new in each is added to the day's tallies, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from bouquet.shared.audience.hits import NOT_COUNTED, Hit
from bouquet.shared.audience.models import Curve, DayVisitor, Play, Tally
from bouquet.shared.audience.rule import PARTS
from bouquet.shared.audience.store import Count, Written
from bouquet.shared.audience.store.adding import add_to, insert_new, pack, pieces, unpack
from bouquet.shared.audience.store.folding import Folded, believable
from bouquet.shared.audience.store.tallies import Key, Tallies
from bouquet.shared.audience.store.viewing import Viewings

CHANGES = ["last_at", "duration", "seconds", "parts", "ended", "viewed"]
AT_ONCE = 500
SUMS = ("plays", "views", "visitors", "seconds", "ends")
BYTES = 13  # of 100 bits
LOCK = 0x426F7571  # any number that is ours


@transaction.atomic
def write_plays(folded: dict[int, Folded]) -> Written:
    _one_at_a_time()
    written, tallies = Written(), Tallies()
    curves: dict[tuple[int, date], list[int]] = defaultdict(lambda: [0] * PARTS)
    known = _known(list(folded))
    rows: list[Play] = []
    news: dict[int, Count] = {}
    for number, play in folded.items():
        row = known.get(number)
        if row is not None and row.work_id != play.first.work:
            continue
        is_new = row is None
        row = row or _begin(number, play.first)
        news[number] = _take(row, play, curves, written)
        news[number].plays = int(is_new)
        written.plays += is_new
        rows.append(row)
    counted = [row for row in rows if not row.marks & NOT_COUNTED]
    _count_visitors(counted, news, tallies)
    for row in Viewings(counted).decide():
        row.viewed = True
        news[row.number].views = 1
        written.views[row.work_id, row.day] += 1
    for row in counted:
        tallies.add(row, news[row.number])
    _save(rows)
    _save_curves(curves)
    add_to(Tally, Key._fields, SUMS, tallies.rows())
    return written


def _one_at_a_time() -> None:
    """Two writers that read the same play before either has written would both add to it. SQLite has one anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _known(numbers: list[int]) -> dict[int, Play]:
    found: dict[int, Play] = {}
    for piece in pieces(numbers, AT_ONCE):
        found.update(Play.objects.in_bulk(piece))
    return found


def _begin(number: int, hit: Hit) -> Play:
    return Play(
        number=number,
        day=_day_of(hit.at),
        work_id=hit.work,
        channel_id=hit.channel,
        site_id=hit.site,
        visitor=hit.visitor,
        origin=hit.origin,
        began_at=hit.at,
        last_at=hit.at,
        duration=hit.duration,
        parts=bytes(BYTES),
        marks=hit.marks,
        country=hit.country,
        device=hit.device,
        source=hit.source,
        embed=hit.embed,
    )


def _take(row: Play, play: Folded, curves: dict[tuple[int, date], list[int]], written: Written) -> Count:
    """Bring the row up to date; gives what that adds."""
    before = int.from_bytes(bytes(row.parts), "big")
    seconds, parts, had_ended = row.seconds, before, row.ended
    for hit in play.hits:
        row.began_at = min(row.began_at, hit.at)
        row.last_at = max(row.last_at, hit.at)
        row.duration = hit.duration or row.duration
        played, is_believable = believable(hit, row.began_at)
        if not is_believable:
            written.doubted += 1
            continue
        seconds = max(seconds, played)
        parts |= hit.parts
        row.ended = row.ended or hit.ended
    added = Count(seconds=seconds - row.seconds, ends=int(row.ended and not had_ended))
    row.seconds, row.parts = seconds, parts.to_bytes(BYTES, "big")
    if (new := parts & ~before) and not row.marks & NOT_COUNTED:
        _mark(curves[row.work_id, row.day], new)
    return added


def _mark(curve: list[int], parts: int) -> None:
    while parts:
        lowest = parts & -parts
        curve[lowest.bit_length() - 1] += 1
        parts ^= lowest


def _count_visitors(rows: list[Play], news: dict[int, Count], tallies: Tallies) -> None:
    """Who is seen for the first time today on this work, this channel, this site."""
    wanted: set[tuple[date, int, int, int]] = set()
    for row in rows:
        if news[row.number].plays:
            wanted.update((row.day, subject, place, row.visitor) for subject, place in tallies.subjects(row))
    names = ["day", "subject", "subject_id", "visitor"]
    values = [(*each, 0, 0.0) for each in sorted(wanted)]
    new = insert_new(DayVisitor, [*names, "views", "viewed_at"], values, ["day", "subject", "subject_id"])
    for day, subject, place in new:
        tallies.add_visitor(_as_day(day), subject, place)


def _save(rows: list[Play]) -> None:
    Play.objects.bulk_create(
        rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["number"], update_fields=CHANGES
    )


def _save_curves(curves: dict[tuple[int, date], list[int]]) -> None:
    works = {work for work, _day in curves}
    days = {day for _work, day in curves}
    known = {}
    for piece in pieces(works, AT_ONCE):
        found = Curve.objects.select_for_update().filter(work_id__in=piece, day__in=days)
        known.update({(row.work_id, row.day): row.seen for row in found})
    rows = []
    for (work, day), added in curves.items():
        before = unpack(known[work, day]) if (work, day) in known else (0,) * PARTS
        total = [sum(pair) for pair in zip(before, added, strict=True)]
        rows.append(Curve(work_id=work, day=day, seen=pack(total)))
    Curve.objects.bulk_create(
        rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["work_id", "day"], update_fields=["seen"]
    )


def _day_of(at: float) -> date:
    return datetime.fromtimestamp(at, timezone.get_default_timezone()).date()


def _as_day(value: date | str) -> date:
    """SQLite gives back what it was given, as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)
