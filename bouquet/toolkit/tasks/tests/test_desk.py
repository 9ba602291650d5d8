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
