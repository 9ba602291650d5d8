import pytest
from django.urls import reverse

from bouquet.toolkit.tasks.hot import claim_task
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.testing import run_all_tasks
from bouquet.toolkit.tasks.tests import chores

HOST = {"host": "bouquet.localhost"}


@pytest.fixture(autouse=True)
def _empty_queue(main_site):
    """Making a site leaves work of its own behind."""
    TaskRow.objects.all().delete()


@pytest.fixture
def failed(_empty_queue):
    result = chores.surrender.enqueue()
    with pytest.raises(chores.GiveUp):
        run_all_tasks()
    return TaskRow.objects.get(pk=result.id)


def test_the_owner_sees_why_a_task_failed_and_starts_it_again(client, ada, failed):
    client.force_login(ada)
    page = client.get(reverse("tasks_desk"), {"state": "failed"}, headers=HOST)
    assert "this file will never be a film" in page.content.decode()
    answer = client.post(reverse("tasks_retry", args=[failed.pk]), {"state": "failed"}, headers=HOST)
    assert answer.status_code == 302
    failed.refresh_from_db()
    assert failed.state == "waiting"


def test_the_owner_cancels_what_waits_and_what_runs(client, ada):
    client.force_login(ada)
    row = TaskRow.objects.get(pk=chores.note.enqueue("x").id)
    client.post(reverse("tasks_cancel", args=[row.pk]), headers=HOST)
    row.refresh_from_db()
    assert row.state == "cancelled"
    chores.note.enqueue("y")
    running = claim_task("w", 0)
    client.post(reverse("tasks_cancel", args=[running.pk]), headers=HOST)
    running.refresh_from_db()
    assert running.cancel_asked


def test_every_shelf_opens_in_few_queries(client, ada, django_assert_max_num_queries):
    client.force_login(ada)
    for number in range(60):
        chores.note.enqueue(str(number))
    claim_task("w", 0)
    client.get(reverse("tasks_desk"), headers=HOST)
    with django_assert_max_num_queries(30):
        page = client.get(reverse("tasks_desk"), {"state": "waiting"}, headers=HOST)
    assert page.content.decode().count("/cancel/") == 50
    assert "after=" in page.content.decode()


def test_an_editor_has_no_business_there(client, basile, failed):
    client.force_login(basile)
    for name in ("tasks_retry", "tasks_cancel"):
        client.post(reverse(name, args=[failed.pk]), headers=HOST)
    assert client.get(reverse("tasks_desk"), headers=HOST).status_code != 200
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_a_double_click_on_retry_runs_it_once(client, ada, failed):
    client.force_login(ada)
    for _click in range(2):
        client.post(reverse("tasks_retry", args=[failed.pk]), headers=HOST)
    assert TaskRow.objects.waiting().filter(task=failed.task).count() == 1


def test_all_that_failed_of_one_kind_is_tried_again(client, ada, failed):
    for _again in range(2):
        row = chores.surrender.enqueue()
        TaskRow.objects.filter(pk=row.id).update(state="failed", finished_at=failed.finished_at)
    client.force_login(ada)
    page = client.get(reverse("tasks_desk"), {"state": "failed"}, headers=HOST).content.decode()
    assert "Retry all of this kind" in page
    client.post(reverse("tasks_retrying"), {"task": failed.task, "state": "failed"}, headers=HOST)
    assert TaskRow.objects.waiting().filter(task=failed.task).count() == 3
    client.post(reverse("tasks_retrying"), {"task": "nonsense"}, headers=HOST)


def test_what_is_moved_to_the_front_is_taken_next(client, ada):
    client.force_login(ada)
    rows = [TaskRow.objects.get(pk=chores.note.enqueue(str(number)).id) for number in range(4)]
    for row in (rows[2], rows[3]):
        client.post(reverse("tasks_front", args=[row.pk]), headers=HOST)
    assert [claim_task("w", 0).pk for _ in range(3)] == [rows[3].pk, rows[2].pk, rows[0].pk]
    client.post(reverse("tasks_front", args=[rows[3].pk]), headers=HOST)  # it runs: nothing changes
    assert TaskRow.objects.get(pk=rows[3].pk).state == "running"


def test_the_queue_through_the_api_is_for_operators(client, ada, chloe, failed):
    assert client.get("/api/v1/queue", headers=HOST).status_code == 401
    client.force_login(chloe)
    assert client.get("/api/v1/queue", headers=HOST).status_code == 403
    assert client.post(f"/api/v1/queue/{failed.pk}/retry", headers=HOST).status_code == 403
    client.force_login(ada)
    said = client.get("/api/v1/queue?state=failed", headers=HOST).json()
    assert said["items"][0]["reason"].endswith("this file will never be a film")
    assert {lane["name"]: lane["failed"] for lane in said["lanes"]}["default"] == 1
    answers = [client.post(f"/api/v1/queue/{failed.pk}/retry", headers=HOST).status_code for _click in range(2)]
    assert answers == [200, 409]
    assert client.post(f"/api/v1/queue/{failed.pk}/front", headers=HOST).status_code == 200
    answers = [client.delete(f"/api/v1/queue/{failed.pk}", headers=HOST).status_code for _click in range(2)]
    assert answers == [202, 409]
    body = {"task": failed.task}
    answer = client.post("/api/v1/queue/retries", body, content_type="application/json", headers=HOST)
    assert answer.json() == {"waiting": 0}  # cancelled is not failed


def test_rows_say_which_film_they_are_about_and_whose_in_a_few_queries(
    client, ada, chloe, site, django_assert_num_queries
):
    from bouquet.kinds.videos.tests.make import make_video_in_the_works
    from bouquet.shared.assets.tasks import encode_ladder
    from bouquet.toolkit.tasks.words import tell

    videos = [make_video_in_the_works(author=chloe, title=f"Film {number}") for number in range(5)]
    TaskRow.objects.all().delete()
    for video in videos:
        encode_ladder.enqueue(video.asset_id)
    rows = list(TaskRow.objects.all())
    tell(rows)
    with django_assert_num_queries(1):
        tell(rows)
    assert {row.subject.title for row in rows} == {f"Film {number}" for number in range(5)}
    assert {row.subject.whose for row in rows} == {"Chloé"}
    client.force_login(ada)
    page = client.get(reverse("tasks_desk"), {"state": "waiting"}, headers=HOST).content.decode()
    assert "Make every quality of a film" in page
    assert "Film 3" in page
