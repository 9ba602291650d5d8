"""Pages over real rows: TaskRow serves, for it has a nullable time and the toolkit knows no other nouns."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from bouquet.toolkit.pages import BadCursor, keyset_page
from bouquet.toolkit.tasks.models import TaskRow

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def make_row(minutes=None, **changes):
    finished = None if minutes is None else NOW - timedelta(minutes=minutes)
    return TaskRow.objects.create(
        **{"task": "x", "lane": "default", "urgency": 1, "timeout": 1, "finished_at": finished} | changes
    )


def walk(queryset, **options):
    """Every row, page after page."""
    cursor, rows, pages = "", [], 0
    while cursor is not None:
        page = keyset_page(queryset, cursor, **options)
        rows, cursor, pages = [*rows, *page.rows], page.next_cursor, pages + 1
        assert pages < 50
    return rows


@pytest.mark.parametrize(
    "by", [("-finished_at", "-pk"), ("finished_at", "pk"), ("-finished_at", "pk"), ("lane", "-finished_at", "-pk")]
)
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_give_each_row_once_and_in_order_with_ties_and_nulls(by, size):
    for minutes in (1, 2, 2, 2, None, None, 3, None, 4):
        make_row(minutes, lane="default" if minutes != 2 else "extras")
    assert walk(TaskRow.objects.all(), by=by, size=size) == list(TaskRow.objects.order_by(*by))


def test_a_page_is_one_query(django_assert_num_queries):
    for minutes in range(5):
        make_row(minutes)
    with django_assert_num_queries(1):
        page = keyset_page(TaskRow.objects.all(), size=2, by=("-finished_at", "-pk"))
    with django_assert_num_queries(1):
        assert len(keyset_page(TaskRow.objects.all(), page.next_cursor, size=2, by=("-finished_at", "-pk"))) == 2


def test_a_row_that_goes_away_leaves_no_hole():
    rows = [make_row(minutes) for minutes in range(6)]
    page = keyset_page(TaskRow.objects.all(), size=2, by=("-finished_at", "-pk"))
    rows[0].delete()
    rows[1].delete()
    assert keyset_page(TaskRow.objects.all(), page.next_cursor, size=2, by=("-finished_at", "-pk")).rows == rows[2:4]


def test_the_last_page_has_no_next():
    make_row(1)
    assert keyset_page(TaskRow.objects.all(), by=("-finished_at", "-pk"), size=1).next_cursor is None


def test_in_a_request_the_next_address_keeps_what_was_asked():
    for minutes in range(3):
        make_row(minutes)
    request = RequestFactory().get("/list/", {"q": "été & co"})
    page = keyset_page(TaskRow.objects.all(), request, size=2, by=("-finished_at", "-pk"))
    following = RequestFactory().get(page.next_url)
    assert following.GET["q"] == "été & co"
    assert len(keyset_page(TaskRow.objects.all(), following, size=2, by=("-finished_at", "-pk"))) == 1


@pytest.mark.parametrize("cursor", ["x", "a:b:c", "\x00", "é" * 500, "WyIyMDI2Il0:1abc:def"])
def test_a_cursor_of_somebodys_own_making_is_refused(cursor):
    make_row(1)
    with pytest.raises(BadCursor):
        keyset_page(TaskRow.objects.all(), cursor, by=("-finished_at", "-pk"))
    request = RequestFactory().get("/", {"after": cursor})
    assert len(keyset_page(TaskRow.objects.all(), request, by=("-finished_at", "-pk"))) == 1


def test_a_cursor_of_another_order_is_refused():
    for minutes in range(3):
        make_row(minutes)
    cursor = keyset_page(TaskRow.objects.all(), size=1, by=("-finished_at", "-pk")).next_cursor
    with pytest.raises(BadCursor):
        keyset_page(TaskRow.objects.all(), cursor, by=("finished_at", "pk"))


def test_a_deep_page_starts_in_the_index():
    for minutes in range(30):
        make_row(minutes, state="done")
    done = TaskRow.objects.filter(state="done", finished_at__lte=NOW)
    cursor = keyset_page(done, size=20, by=("-finished_at", "-pk")).next_cursor
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        keyset_page(done, cursor, size=5, by=("-finished_at", "-pk"))
    sql = queries[0]["sql"]
    assert "IS NULL" not in sql  # the list holds no NULL, so nothing keeps the database from its index
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert "task_finished (state=? AND finished_at<?)" in plan
