"""The lists that people page through are read from an index in their own order: nothing is sorted, no table scanned.

SQLite's plans do not depend on how many rows there are until somebody runs ANALYZE; PostgreSQL would rather scan a
small table, so there it is told not to.
"""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bouquet.shared.works.feed import followed_page
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_channel, make_work
from bouquet.shared.works.viewer import Viewer
from bouquet.toolkit.pages import keyset_page

pytestmark = pytest.mark.django_db
STRANGER = Viewer(territory="FR")
TRENDS = ("-trending", "-pk")
SEEN = ("-views_lately", "-pk")
LISTS = {
    "shelf_all": lambda viewer, channel: keyset_page(Work.objects.listed_for(viewer).cards()),
    "shelf_site": lambda viewer, channel: keyset_page(Work.objects.on(channel.site).listed_for(viewer).cards()),
    "shelf_kind": lambda viewer, channel: keyset_page(Work.objects.listed_for(viewer).filter(kind="videos").cards()),
    "shelf_site_kind": lambda viewer, channel: keyset_page(
        Work.objects.on(channel.site).listed_for(viewer).filter(kind="videos").cards()
    ),
    "shelf_channel": lambda viewer, channel: keyset_page(
        Work.objects.listed_for(viewer).filter(channel=channel.pk).cards()
    ),
    "trending_all": lambda viewer, channel: keyset_page(Work.objects.listed_for(viewer).trends().cards(), by=TRENDS),
    "trending_site": lambda viewer, channel: keyset_page(
        Work.objects.on(channel.site).listed_for(viewer).trends().cards(), by=TRENDS
    ),
    "seen_all": lambda viewer, channel: keyset_page(Work.objects.listed_for(viewer).most_seen().cards(), by=SEEN),
    "seen_site": lambda viewer, channel: keyset_page(
        Work.objects.on(channel.site).listed_for(viewer).most_seen().cards(), by=SEEN
    ),
}


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute(f"EXPLAIN {sql.replace('%', '%%')}")
            return "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"), ())
        return "\n".join(row[3] for row in cursor.fetchall())


@pytest.mark.parametrize("index", LISTS)
@pytest.mark.parametrize("member", [False, True])
def test_a_list_is_read_from_its_index(index, member, chloe):
    channel = make_channel()
    viewer = Viewer(person=chloe, territory="FR", age=30) if member else STRANGER
    with CaptureQueriesContext(connection) as captured:
        LISTS[index](viewer, channel)
    assert len(captured) == 1
    plan = plan_of(captured[0]["sql"])
    assert re.search(rf"\b{index}\b", plan), plan
    assert not re.search(r"SCAN works_work(?! USING INDEX)|Seq Scan on works_work", plan), plan
    assert not re.search(r"TEMP B-TREE|\bSort\b", plan), plan


def test_the_followed_feed_looks_at_each_channel_once(chloe):
    make_work().channel.follows.create(person=chloe)
    with CaptureQueriesContext(connection) as captured:
        followed_page(chloe, Viewer(person=chloe, territory="FR"))
    assert len(captured) == 3
    plans = "\n".join(plan_of(query["sql"]) for query in captured)
    assert plans.count("shelf_channel") >= 2, plans
    assert not re.search(r"SCAN (works_work|V0)(?! USING INDEX)|Seq Scan on works_work", plans), plans
