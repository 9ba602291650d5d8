"""Views, counted in a buffer of this process and written in batches: a page never waits for its counter.

Not counted: robots, the author, prefetching, and the same reader again within half an hour. What is in the buffer when
a process is killed outright is lost (five seconds of views); an ordinary end writes it.
"""

from __future__ import annotations

import atexit
import hashlib
import re
import threading
from collections import Counter
from datetime import date

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Case, F, Value, When
from django.http import HttpRequest
from django.utils import timezone

from bouquet.shared.works.models import DayViews, Work

FLUSH_SECONDS = 5.0
FLUSH_VIEWS = 500
SAME_READER_SECONDS = 30 * 60
ROBOTS = re.compile(
    r"bot\b|crawl|spider|slurp|preview|facebookexternalhit|headless|lighthouse|curl|wget|python|go-http|java/|libwww"
    r"|httpclient|okhttp|feed|monitor|scan|archiv",
    re.IGNORECASE,
)


def count_view(work: Work, request: HttpRequest) -> bool:
    """Note one view, if it is one. Costs a look into the cache and no query."""
    if _is_no_view(work, request) or not _is_first_in_a_while(work, request):
        return False
    BUFFER.add(work.pk, timezone.localdate())
    return True


def _is_no_view(work: Work, request: HttpRequest) -> bool:
    agent = request.headers.get("user-agent", "")
    ahead = " ".join(request.headers.get(name, "") for name in ("sec-purpose", "purpose", "x-moz"))
    is_author = request.user.is_authenticated and request.user.pk == work.author_id
    return (
        request.method not in ("GET", "POST")
        or not agent
        or bool(ROBOTS.search(agent))
        or "prefetch" in ahead
        or is_author
    )


def _is_first_in_a_while(work: Work, request: HttpRequest) -> bool:
    """The reader is a session, or without one an address and browser: a digest that the cache keeps for the while."""
    session = request.session.session_key if hasattr(request, "session") else None
    address = request.META.get("REMOTE_ADDR", "")
    reader = session or f"{address} {request.headers.get('user-agent', '')}"
    digest = hashlib.blake2b(reader.encode(), digest_size=12, salt=b"views").hexdigest()
    return cache.add(f"view:{work.pk}:{digest}", 1, SAME_READER_SECONDS)


class ViewBuffer:
    """Views by (work, day). Flushed by a thread of its own, when it is full, and at exit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[int, date]] = Counter()
        self._timer: threading.Timer | None = None

    def add(self, work_id: int, day: date) -> None:
        with self._lock:
            self._counts[work_id, day] += 1
            is_full = self._counts.total() >= FLUSH_VIEWS
            if self._timer is None or is_full:
                self._start_timer(0 if is_full else FLUSH_SECONDS)

    def flush(self) -> int:
        """Write what is there; gives the number of views. What cannot be written goes back into the buffer."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
            self._timer = None
        try:
            if counts:
                write_views(counts)
        except Exception:
            with self._lock:
                self._counts.update(counts)
                self._start_timer(FLUSH_SECONDS)
            raise
        return counts.total()

    def _start_timer(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(seconds, self._flush_in_thread)
        self._timer.daemon = True
        self._timer.start()

    def _flush_in_thread(self) -> None:
        try:
            self.flush()
        finally:
            connection.close()  # this thread's own: it ends here


BUFFER = ViewBuffer()


@atexit.register
def _write_the_rest() -> None:
    if BUFFER._counts:
        BUFFER.flush()


def write_views(counts: Counter[tuple[int, date]]) -> None:
    """One update of the works and one upsert of their days. Works that were removed meanwhile are left out."""
    by_work: Counter[int] = Counter()
    for (work_id, _day), number in counts.items():
        by_work[work_id] += number
    with transaction.atomic():
        kept = set(Work.objects.filter(pk__in=by_work).values_list("pk", flat=True))
        cases = [When(pk=work_id, then=Value(by_work[work_id])) for work_id in kept]
        if cases:
            Work.objects.filter(pk__in=kept).update(views=F("views") + Case(*cases, default=Value(0)))
            _add_to_days([(work_id, day, number) for (work_id, day), number in counts.items() if work_id in kept])


def _add_to_days(rows: list[tuple[int, date, int]]) -> None:
    """`bulk_create(update_conflicts=True)` only replaces; adding needs the databases' own words (both speak these)."""
    table = connection.ops.quote_name(DayViews._meta.db_table)
    places = ", ".join(["(%s, %s, %s)"] * len(rows))
    sql = (
        f"INSERT INTO {table} (work_id, day, views) VALUES {places} "  # noqa: S608 (names from the model, values as parameters)
        f"ON CONFLICT (work_id, day) DO UPDATE SET views = {table}.views + excluded.views"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for row in rows for value in row])
