"""Who may open what, and who finds it in a list: every combination, once as an oracle in plain Python, once as SQL."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.works.actions import follow_channel, set_availability, unfollow_channel
from bouquet.shared.works.models import Availability, Lock, Work
from bouquet.shared.works.permissions import can_edit_work
from bouquet.shared.works.tests.make import make_channel, make_work
from bouquet.shared.works.viewer import Viewer
from bouquet.toolkit.testing.cast import make_person

pytestmark = pytest.mark.django_db
STATES = ["draft", "scheduled to come", "scheduled and due", "live", "hidden", "down"]
VISIBILITIES = ["public", "unlisted", "password", "followers", "members", "private"]
RATINGS = [0, 12, 16, 18]
PLACES = ["anywhere", "in France", "in Belgium", "out of France", "later", "no more", "now"]
LISTABLE = [True, False]


def make_every_combination() -> list[tuple[Work, tuple[str, str, int, str, bool]]]:
    author, channel = make_person(name="Emma"), make_channel()
    now = timezone.now()
    found = []
    for state, visibility, rating, place, listable in product(STATES, VISIBILITIES, RATINGS, PLACES, LISTABLE):
        work = Work(
            site=channel.site,
            kind="videos",
            title=f"{state} {visibility} {rating} {place}",
            author=author,
            channel=channel,
            state="scheduled" if state.startswith("scheduled") else state,
            visibility=visibility,
            rating=rating,
            listable=listable,
            restricted=place != "anywhere",
            published_at=now + timedelta(hours=1) if state == "scheduled to come" else now - timedelta(hours=1),
        )
        found.append((work, (state, visibility, rating, place, listable)))
    Work.objects.bulk_create(work for work, _facts in found)
    Lock.objects.bulk_create(Lock(work=work) for work, facts in found if facts[1] == "password")
    limits = {
        "in France": {"territories": ["FR"]},
        "in Belgium": {"territories": ["BE"]},
        "out of France": {"territories": ["FR", "DE"], "excluded": True},
        "later": {"territories": [], "opens_at": now + timedelta(days=1)},
        "no more": {"territories": [], "closes_at": now - timedelta(days=1)},
        "now": {"territories": [], "opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)},
    }
    for place, limit in limits.items():
        there = [work for work, facts in found if facts[3] == place]
        set_availability(there[0], **limit)  # the rows of one, then the same rows for each
        rows = list(there[0].availabilities.all())
        Availability.objects.bulk_create(_row_like(row, work) for work in there[1:] for row in rows)
    return found


def _row_like(row: Availability, work: Work) -> Availability:
    return Availability(
        work=work, territory=row.territory, excluded=row.excluded, opens_at=row.opens_at, closes_at=row.closes_at
    )


def expected(
    viewer_is: str, territory: str, age: int | None, facts: tuple[str, str, int, str, bool]
) -> tuple[bool, bool]:
    """(may open, may find in a list), said again without SQL."""
    state, visibility, rating, place, listable = facts
    released = state in ("live", "scheduled and due")
    shown = {
        "public": True,
        "unlisted": True,
        "password": viewer_is == "keyholder",
        "members": viewer_is not in ("stranger", "keyholder"),
        "followers": viewer_is in ("follower", "author"),
        "private": False,
    }[visibility]
    suits = rating <= age if age is not None else rating < 16
    here = {
        "anywhere": True,
        "now": True,
        "later": False,
        "no more": False,
        "in France": territory == "FR",
        "in Belgium": territory == "BE",
        "out of France": territory not in ("FR", "DE", ""),
    }[place]
    to_all = released and shown and suits and here
    return viewer_is in ("author", "editor", "owner") or to_all, to_all and listable and visibility not in (
        "unlisted",
        "password",
    )


VIEWERS = [
    ("stranger", "FR", None),
    ("stranger", "BE", None),
    ("stranger", "", None),
    ("keyholder", "FR", None),
    ("keyholder", "", None),
    ("member", "FR", None),
    ("member", "BE", 14),
    ("member", "FR", 16),
    ("follower", "FR", 40),
    ("author", "FR", None),
    ("editor", "DE", 30),
    ("owner", "", None),
]


def test_every_combination(chloe, subtests):
    combinations = make_every_combination()  # two thousand works: made once, looked at by each
    channel = combinations[0][0].channel
    keys = frozenset(Lock.objects.values_list("key", flat=True)[:900])
    for viewer_is, territory, age in VIEWERS:
        if viewer_is == "follower":
            follow_channel(channel, by=chloe)
        viewer = Viewer(
            person={"stranger": None, "keyholder": None, "author": combinations[0][0].author}.get(viewer_is, chloe),
            territory=territory,
            age=age,
            editor_of=frozenset([channel.site_id] if viewer_is == "editor" else []),
            edits_all=viewer_is == "owner",
            keys=keys if viewer_is == "keyholder" else frozenset(),
        )
        with subtests.test(viewer_is, territory=territory, age=age):
            may_open = set(Work.objects.visible_to(viewer).values_list("pk", flat=True))
            may_list = set(Work.objects.listed_for(viewer).values_list("pk", flat=True))
            wrong = [
                (facts, "open" if (work.pk in may_open) != opens else "list")
                for work, facts in combinations
                for opens, lists in [expected(viewer_is, territory, age, facts)]
                if (work.pk in may_open, work.pk in may_list) != (opens, lists)
            ]
            assert wrong == []
            # no row twice, as a list or as a count
            assert Work.objects.listed_for(viewer).count() == len(may_list)
        if viewer_is == "follower":
            unfollow_channel(channel, by=chloe)


def test_an_editor_sees_what_is_hidden_on_their_site_and_on_no_other(ada, basile):
    ours, theirs = make_site(slug="ours", front=True), make_site(slug="theirs")
    appoint_editor(ours, basile)
    work, other = make_work(state="hidden", site=ours), make_work(state="hidden", site=theirs)
    assert set(Work.objects.visible_to(Viewer.for_person(basile))) == {work}
    assert set(Work.objects.visible_to(Viewer.for_person(ada))) == {work, other}
    assert [can_edit_work(basile, each) for each in (work, other)] == [True, False]
    assert [can_edit_work(person, work) for person in (ada, work.author, other.author, None)] == [
        True,
        True,
        False,
        False,
    ]


def test_a_closed_site_takes_its_works_along():
    closed = make_site(slug="closed", is_open=False)
    work = make_work(site=closed)
    assert not Work.objects.visible_to(Viewer()).exists()
    assert not Work.objects.listed_for(Viewer()).exists()
    assert Work.objects.visible_to(Viewer(person=work.author)).exists()


def test_several_territories_kept_out_add_up():
    work = make_work()
    set_availability(work, territories=["fr", "BE"], excluded=True)
    seen = {place: Work.objects.visible_to(Viewer(territory=place)).exists() for place in ("FR", "BE", "DE", "")}
    assert seen == {"FR": False, "BE": False, "DE": True, "": False}


def test_lifting_the_limits_opens_the_work_everywhere():
    work = make_work()
    set_availability(work, territories=["FR"])
    set_availability(work, territories=[])
    work.refresh_from_db()
    assert not work.restricted
    assert not work.availabilities.exists()
    assert Work.objects.listed_for(Viewer(territory="")).exists()


def test_a_birthday_is_counted_in_whole_years(chloe):
    today = timezone.localdate()
    chloe.birth_date = date(today.year - 18, today.month, min(today.day, 28))
    assert Viewer.for_person(chloe).age == 18
    chloe.birth_date = chloe.birth_date + timedelta(days=4)
    assert Viewer.for_person(chloe).age == 17
