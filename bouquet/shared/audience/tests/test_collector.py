"""What a player says, through the door: believed, marked, or dropped. Nothing of a reader is written."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bouquet.shared.audience import flood
from bouquet.shared.audience.hits import Mark
from bouquet.shared.audience.models import DaySalt, Dropped, Play, Tally
from bouquet.shared.audience.salts import destroy_old_salts
from bouquet.shared.audience.tests.make import BROWSER, PHONE, parts, ticket, word
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(site: Any) -> Any:
    return make_work(site=site, duration=100.0)


def drops() -> dict[str, int]:
    return dict(Dropped.objects.values_list("reason", "number"))


def watch(door: Any, clock: Any, sealed: str, *, seconds: int = 30, name: str = "abcdefgh01", **how: Any) -> None:
    """A play from its beginning, told every fifteen seconds."""
    door.say(word(sealed, p=name), **how)
    for played in range(15, seconds + 1, 15):
        clock.wait(15)
        door.say(word(sealed, p=name, s=played, m=f"{parts(0, played):x}"), **how)


def test_a_play_becomes_one_view_and_its_seconds(collected: Any, clock: Any, work: Any) -> None:
    watch(collected, clock, ticket(work), agent=PHONE)
    loaded = collected.load()
    assert (loaded.hits, loaded.views) == (3, 1)
    play = Play.objects.get()
    assert (play.seconds, play.viewed, play.country, play.marks) == (30, True, "FR", 0)
    work.refresh_from_db()
    assert work.views == 1
    tally = Tally.objects.get(subject=1, dimension=0)
    assert (tally.plays, tally.views, tally.visitors, tally.seconds) == (1, 1, 1, 30)
    assert Tally.objects.get(subject=1, dimension=3).value == "phone"


def test_a_look_is_a_play_and_no_view(collected: Any, clock: Any, work: Any) -> None:
    sealed = ticket(work)
    collected.say(word(sealed))
    clock.wait(9)
    collected.say(word(sealed, s=9, m="1ff"))
    assert collected.load().views == 0
    assert Tally.objects.get(subject=1, dimension=0).plays == 1


def test_every_answer_is_empty_and_at_once(collected: Any, work: Any) -> None:
    assert collected.say(word(ticket(work))) == 204
    assert collected.say(b"nonsense") == 204
    assert collected.request("GET", b"", {}) == 405
    assert collected.request("POST", b"x" * 5000, {"user-agent": BROWSER}) == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe\x00",
        b"[" * 2000,
        b'{"t": 1, "p": "abcdefgh01", "s": 1, "m": "0"}',
        b'{"t": {}, "p": [], "s": {}, "m": null}',
    ],
)
def test_nonsense_is_malformed(collected: Any, body: bytes) -> None:
    assert collected.say(body) == 204
    collected.load()
    assert drops() == {"malformed": 1}


@pytest.mark.parametrize(
    "changes",
    [
        {"s": -1},
        {"s": 1e9},
        {"s": True},
        {"s": "30"},
        {"s": 10**400},
        {"m": "zz"},
        {"m": "-1"},
        {"m": "f" * 26},
        {"m": "0x1f"},
        {"p": "short"},
        {"p": "ÀÀÀÀÀÀÀÀÀÀ"},
        {"p": "a" * 33},
        {"r": "x" * 300},
        {"t": "x" * 300},
        {"t": None},
    ],
)
def test_what_no_player_says_is_malformed(collected: Any, work: Any, changes: dict[str, Any]) -> None:
    collected.say(word(ticket(work)) | changes)
    collected.load()
    assert drops() == {"malformed": 1}
    assert not Play.objects.exists()


def test_what_is_not_a_number_is_no_word(collected: Any, work: Any) -> None:
    said = json.dumps(word(ticket(work), s=float("nan"))).encode()
    assert b"NaN" in said
    collected.say(said)
    collected.load()
    assert drops() == {"malformed": 1}


def test_a_ticket_that_was_altered_is_forged(collected: Any, work: Any) -> None:
    other = make_work(site=work.site)
    sealed = ticket(work)
    mine, *rest = sealed.split(".")
    assert mine != f"{other.pk}"
    for bad in (".".join([f"{other.pk}", *rest]), sealed[:-1] + ("A" if sealed[-1] != "A" else "B"), "....", ""):
        collected.say(word(bad))
    collected.load()
    assert drops() == {"forged": 4}


def test_a_ticket_of_one_site_is_nothing_on_another(collected: Any, work: Any) -> None:
    collected.say(word(ticket(work)), host="press.bouquet.localhost")
    collected.say(word(ticket(work)), host="")
    collected.load()
    assert drops() == {"forged": 2}


def test_a_ticket_of_yesterday_has_expired(collected: Any, clock: Any, work: Any) -> None:
    for hours in (-25, 2):  # a ticket from the future is none either
        clock.wait(hours * 3600)
        sealed = ticket(work)
        clock.wait(-hours * 3600)
        collected.say(word(sealed))
    collected.load()
    assert drops() == {"expired": 2}


def test_the_same_words_again_change_nothing(collected: Any, clock: Any, work: Any) -> None:
    sealed = ticket(work)
    watch(collected, clock, sealed)
    collected.load()
    for _ in range(20):
        collected.say(word(sealed, s=30, m=f"{parts(0, 30):x}"))
    collected.load()
    tally = Tally.objects.get(subject=1, dimension=0)
    assert (tally.plays, tally.views, tally.visitors, tally.seconds) == (1, 1, 1, 30)


def test_nobody_plays_faster_than_the_clock(collected: Any, clock: Any, work: Any) -> None:
    sealed = ticket(work)
    collected.say(word(sealed))
    clock.wait(1)
    collected.say(word(sealed, s=3600, m="f" * 25))
    collected.load()
    play = Play.objects.get()
    assert (play.seconds, play.viewed) == (0, False)
    assert drops() == {"doubted": 1}


def test_a_robot_is_set_apart(collected: Any, clock: Any, work: Any) -> None:
    agents = [
        "",
        "Googlebot/2.1 (+http://www.google.com/bot.html)",
        "curl/8.1",
        "python-requests/2",
        "HeadlessChrome/1",
    ]
    for number, agent in enumerate(agents):
        watch(collected, clock, ticket(work), name=f"robot{number:05}", agent=agent)
    assert collected.load().views == 0
    assert [play.marks for play in Play.objects.all()] == [Mark.ROBOT] * len(agents)
    assert not Tally.objects.exists()


def test_the_maker_and_the_staff_are_set_apart(collected: Any, clock: Any, work: Any, ada: Any, driss: Any) -> None:
    watch(collected, clock, ticket(work, person=work.author), name="maker00001")
    watch(collected, clock, ticket(work, person=ada), name="staff00001")
    watch(collected, clock, ticket(work, person=driss), name="driss00001")
    assert collected.load().views == 1
    assert sorted(Play.objects.values_list("marks", flat=True)) == [0, Mark.STAFF, Mark.OWN]


@pytest.mark.parametrize("refusal", [{"sec-gpc": "1"}, {"dnt": "1"}, {"cookie": "a=b; bq_uncounted=1"}])
def test_who_refuses_is_in_no_number(collected: Any, clock: Any, work: Any, refusal: dict[str, str]) -> None:
    watch(collected, clock, ticket(work), **refusal)
    assert collected.load().hits == 0
    assert drops() == {"refused": 3}


def test_a_flood_from_one_address_is_stopped_and_others_are_heard(
    collected: Any, clock: Any, work: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(collected.collector, "gate", flood.Gate(most=10))
    sealed = ticket(work)
    for number in range(25):
        collected.say(word(sealed, p=f"flood{number:05}"), address="2001:db8::1", agent=f"{BROWSER} {number}")
        collected.say(word(sealed, p=f"also0{number:05}"), address=f"2001:db8::{number + 2:x}")  # the same home
    collected.say(word(sealed, p="somebody01"), address="192.0.2.7")
    assert collected.load().hits == 11
    assert drops() == {"flood": 40}


def test_one_address_cannot_push_a_film(collected: Any, clock: Any, work: Any) -> None:
    for number in range(40):
        watch(collected, clock, ticket(work), name=f"push{number:06}", agent=f"{BROWSER} v{number}")
    assert collected.load().views == 20


def test_nothing_of_a_reader_is_written(collected: Any, clock: Any, work: Any, chloe: Any) -> None:
    watch(collected, clock, ticket(work, person=chloe), address="198.51.100.77", agent=PHONE)
    spool = b"".join(file.read_bytes() for file in collected.folder.iterdir())
    assert b"198.51" not in spool and b"Pixel" not in spool and b"chlo" not in spool.lower()
    collected.load()
    kept = repr([list(Play.objects.values()), list(Tally.objects.values())])
    assert "198.51" not in kept and "Pixel" not in kept


def test_a_visitor_has_another_number_on_another_site_and_another_day(collected: Any, clock: Any, work: Any) -> None:
    from bouquet.shared.network.tests.make import make_site

    press = make_site("press")
    other = make_work(site=press, duration=100.0)
    collected.say(word(ticket(work)))
    collected.say(word(ticket(other, host=press.host)), host=press.host)
    DaySalt.objects.all().delete()  # as after midnight
    from bouquet.shared.audience import salts

    salts.forget_salt()
    salts.fetch_salt()
    collected.say(word(ticket(work), p="tomorrow01"))
    collected.load()
    assert len(set(Play.objects.values_list("visitor", flat=True))) == 3


def test_the_salt_of_a_day_is_destroyed(collected: Any) -> None:
    from datetime import timedelta

    from django.utils import timezone

    today = timezone.localdate()
    DaySalt.objects.create(day=today - timedelta(days=1), salt=b"x" * 32)
    assert destroy_old_salts(today) == 1
    assert list(DaySalt.objects.values_list("day", flat=True)) == [today]


def test_where_people_come_from(collected: Any, clock: Any, work: Any) -> None:
    referrers = {"www.example.org": "example.org", "video.bouquet.localhost": "=", "<b>": "", "": "", "a" * 120: ""}
    for number, referrer in enumerate(referrers):
        collected.say(word(ticket(work), p=f"from{number:06}", r=referrer))
    collected.say(word(ticket(work, embedded=True), p="embedded01", r="Blog.Example.net"))
    collected.load()
    found = dict(Tally.objects.filter(subject=1, dimension=1).values_list("value", "plays"))
    assert found == {"example.org": 1, "=": 1, "": 3}
    assert Tally.objects.get(subject=1, dimension=4).value == "blog.example.net"


def test_a_full_disk_costs_a_play_and_no_error(collected: Any, work: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("bouquet.shared.audience.spool.has_room", lambda folder: False)
    assert collected.say(word(ticket(work))) == 204
    monkeypatch.undo()
    assert collected.collector.spool.drops == {"no_room": 1}
