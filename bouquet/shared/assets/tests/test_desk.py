"""/admin/films/<number>/: how the making of one film went, for who runs the network."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bouquet.shared.assets.models import Asset, Piece, Step
from bouquet.shared.assets.open_tasks import open_tasks_of
from bouquet.shared.assets.tasks import encode_ladder, hear_film, make_storyboard, prepare_asset
from bouquet.shared.assets.tests.make import ready_asset
from bouquet.shared.assets.timeline import CALLED, WIDTH, timeline_of
from bouquet.toolkit.tasks.models import TaskRow

pytestmark = pytest.mark.django_db
HOST = {"host": "bouquet.localhost"}


@pytest.fixture(autouse=True)
def _empty_queue(main_site: Any) -> None:
    TaskRow.objects.all().delete()


def film(owner: Any, **changes: Any) -> Asset:
    """Ready, a minute after its last byte; listened to a day later."""
    came = timezone.now() - timedelta(days=2)
    asset = ready_asset(owner=owner, received_at=came, ready_at=came + timedelta(seconds=60), **changes)
    spans = {"probe": (0, 1), "first": (1, 11), "ladder": (11, 51), "storyboard": (51, 60), "hearing": (86_400, 86_500)}
    for name, (began, ended) in spans.items():
        moments = {"started_at": came + timedelta(seconds=began), "finished_at": came + timedelta(seconds=ended)}
        Step.objects.create(asset=asset, name=name, state="done", attempts=1, cpu_seconds=1.5, **moments)
    return asset


def page_of(client: Any, asset: Asset) -> str:
    answer = client.get(reverse("assets_film", args=[asset.pk]), headers=HOST)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u202f", " ")


def test_each_step_has_its_times_and_its_place_on_the_line(client: Any, ada: Any, chloe: Any) -> None:
    asset = film(chloe, filename="lake.mov")
    Step.objects.filter(asset=asset, name="storyboard").update(state="failed", error="ended with code 1: <b>")
    client.force_login(ada)
    page = page_of(client, asset)
    assert "lake.mov" in page and "Chloé" in page
    assert "Ready after" in page and "1 min 00 s" in page
    assert "40.0 s" in page and "given up" in page and "code 1: &lt;b&gt;" in page
    lines = {line.step.name: line for line in timeline_of(asset)}
    assert list(lines) == ["probe", "first", "ladder", "storyboard", "hearing"], "in the order of the pipeline"
    assert (lines["ladder"].began, lines["ladder"].took) == (11, 40)
    assert (lines["ladder"].x, lines["ladder"].width) == (183, 667)
    assert lines["hearing"].took == 100 and lines["hearing"].width == 0, "a day later is no part of the line"
    assert all(line.x + line.width <= WIDTH for line in lines.values())


def test_a_film_under_way_is_counted_to_this_moment(client: Any, ada: Any, chloe: Any) -> None:
    came = timezone.now() - timedelta(seconds=100)
    asset = ready_asset(owner=chloe, state="processing", received_at=came, ready_at=None)
    Step.objects.create(asset=asset, name="probe", state="done", started_at=came, finished_at=came)
    Step.objects.create(
        asset=asset, name="ladder", state="running", progress=0.4, started_at=came + timedelta(seconds=10)
    )
    Step.objects.create(asset=asset, name="storyboard")
    Piece.objects.create(asset=asset, step="ladder", rank=1, number=0, state="running", progress=0.7, attempts=1)
    lines = timeline_of(asset)
    assert [round(line.took or 0) for line in lines] == [0, 90, 0] and lines[2].began is None
    client.force_login(ada)
    page = page_of(client, asset)
    assert "running 40 %" in page and "running 70 %" in page and "waiting" in page


@pytest.mark.parametrize("changes", [{"received_at": None}, {"state": "failed", "reason": "It is no film."}])
def test_a_file_without_steps_has_a_page(client: Any, ada: Any, chloe: Any, changes: dict[str, Any]) -> None:
    client.force_login(ada)
    assert "Nothing waits or runs for this film." in page_of(client, ready_asset(owner=chloe, **changes))


def test_what_waits_runs_and_failed_for_it_can_be_moved_tried_again_and_cancelled(
    client: Any, ada: Any, chloe: Any
) -> None:
    asset, other = film(chloe), film(chloe)
    for each in (asset, other):
        encode_ladder.enqueue(each.pk, 1)
        hear_film.enqueue(each.pk, "fr")
    waiting, failed = open_tasks_of(asset.pk)
    TaskRow.objects.filter(pk=failed.pk).update(state="failed", error="Traceback…\nno such model")
    client.force_login(ada)
    page = page_of(client, asset)
    assert "Make every quality of a film" in page and "no such model" in page
    back = reverse("assets_film", args=[asset.pk])
    assert page.count(f'name="back" value="{back}"') == 3  # to the front, cancel; retry
    assert client.post(reverse("tasks_front", args=[waiting.pk]), {"back": back}, headers=HOST)["Location"] == back
    client.post(reverse("tasks_retry", args=[failed.pk]), {"back": back}, headers=HOST)
    failed.refresh_from_db()
    waiting.refresh_from_db()
    assert failed.state == "waiting" and waiting.priority >= 1
    client.post(reverse("tasks_cancel", args=[waiting.pk]), {"back": back}, headers=HOST)
    waiting.refresh_from_db()
    assert waiting.state == "cancelled" and TaskRow.objects.waiting().count() == 3
    assert "Retry" in page_of(client, asset)


def test_every_task_of_a_film_is_found_under_its_key(chloe: Any) -> None:
    asset = film(chloe)
    prepare_asset.enqueue(asset.pk)
    make_storyboard.enqueue(asset.pk)
    for seat in range(4):
        encode_ladder.enqueue(asset.pk, seat)
    assert len(open_tasks_of(asset.pk)) == 6 == TaskRow.objects.count()


def test_the_queue_leads_to_it(client: Any, ada: Any, chloe: Any) -> None:
    asset = film(chloe)
    prepare_asset.enqueue(asset.pk)
    client.force_login(ada)
    page = client.get(reverse("tasks_desk"), {"state": "waiting"}, headers=HOST).content.decode()
    assert reverse("assets_film", args=[asset.pk]) in page
    row = TaskRow.objects.get()
    assert (
        reverse("assets_film", args=[asset.pk])
        in client.get(reverse("tasks_detail", args=[row.pk]), headers=HOST).content.decode()
    )


def test_it_is_for_who_runs_the_network(client: Any, basile: Any, chloe: Any) -> None:
    asset = film(chloe)
    address = reverse("assets_film", args=[asset.pk])
    assert client.get(address, headers=HOST).status_code in (302, 404)
    for person in (basile, chloe):
        client.force_login(person)
        answer = client.get(address, headers=HOST)
        assert answer.status_code != 200 and b"40.0" not in answer.content


def test_a_number_that_is_no_films_is_404(client: Any, ada: Any) -> None:
    client.force_login(ada)
    assert client.get("/admin/films/987654321/", headers=HOST).status_code == 404
    assert client.get("/admin/films/99999999999999999999999/", headers=HOST).status_code == 404


def test_it_asks_as_much_of_a_long_film_as_of_a_short_one(
    client: Any, ada: Any, chloe: Any, django_assert_max_num_queries: Any
) -> None:
    asset = film(chloe)
    for number in range(300):
        Piece.objects.create(asset=asset, step="ladder", rank=1, number=number)
    for seat in range(4):
        encode_ladder.enqueue(asset.pk, seat)
    client.force_login(ada)
    page_of(client, asset)
    with django_assert_max_num_queries(26):
        page_of(client, asset)


def test_every_step_has_a_name_for_people() -> None:
    from bouquet.shared.assets.pipeline.steps import BETTER_STEPS, PICTURE_STEPS, STEPS

    assert {kind.name for kind in (*STEPS, *BETTER_STEPS, *PICTURE_STEPS)} <= set(CALLED)
