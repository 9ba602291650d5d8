"""A film that answers another film."""

from __future__ import annotations

from typing import Any

import pytest

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.comments.models import Block
from bouquet.shared.notifications.models import Notice
from bouquet.shared.works.actions import publish_work
from bouquet.shared.works.models import Work
from bouquet.toolkit.tasks.testing import run_all_tasks

API = {"content_type": "application/json"}


@pytest.fixture
def original(site: Any, chloe: Any) -> Video:
    return make_video(author=chloe, title="The question")


def page(client: Any, video: Video) -> str:
    return client.get(f"/videos/{video.uid}/{video.slug}/").content.decode()


def announced(client: Any, original: Video, **more: Any) -> Any:
    asked = {"title": "The answer", "size": 1000, "filename": "a.mp4", "reply_to": original.uid} | more
    return client.post("/api/v1/videos", asked, **API)


def test_the_upload_page_keeps_the_film_that_is_answered(door: Any, original: Video, driss: Any) -> None:
    assert f"/videos/new/?answers={original.uid}" in page(door(driss), original)
    html = door(driss).get(f"/videos/new/?answers={original.uid}").content.decode()
    assert "The question" in html
    assert f'name="reply_to" value="{original.uid}"' in html


def test_an_answer_is_listed_below_and_says_what_it_answers(door: Any, original: Video, driss: Any) -> None:
    reply = make_video(author=driss, title="The answer", reply_to=original, reply_state="live")
    assert "The answer" in page(door(), original)
    html = page(door(), reply)
    assert "In answer to" in html and original.address in html
    assert door().get(f"/api/v1/videos/{reply.uid}").json()["reply_to"] == original.uid


@pytest.mark.parametrize("hidden", ["original", "reply"])
def test_when_one_goes_private_neither_tells_of_the_other(door: Any, original: Video, driss: Any, hidden: str) -> None:
    reply = make_video(author=driss, title="The answer", reply_to=original, reply_state="live")
    Work.objects.filter(pk={"original": original, "reply": reply}[hidden].pk).update(visibility="private")
    if hidden == "original":
        assert "In answer to" not in page(door(), reply)
        assert door().get(f"/api/v1/videos/{reply.uid}").json()["reply_to"] is None
    else:
        section = page(door(), original).partition('id="replies"')[2].partition("</section>")[0]
        assert "The answer" not in section


def test_the_api_announces_an_answer_and_its_maker_is_told_when_it_is_there(
    door: Any, original: Video, chloe: Any, driss: Any
) -> None:
    answer = announced(door(driss), original)
    assert answer.status_code == 201, answer.content
    reply = Video.objects.get(uid=answer.json()["id"])
    assert (reply.reply_to, reply.reply_state) == (original, "live")
    run_all_tasks()
    assert not Notice.objects.of(chloe).exists(), "it cannot be seen yet"
    Video.objects.filter(pk=reply.pk).update(listable=True)
    publish_work(reply, by=driss)
    run_all_tasks()
    assert [notice.title for notice in Notice.objects.of(chloe)] == ["Driss answered “The question” with a video"]


def test_where_comments_are_approved_first_so_are_answers(door: Any, original: Video, chloe: Any, driss: Any) -> None:
    Work.objects.filter(pk=original.pk).update(comments_policy="approval")
    reply = make_video(author=driss, title="The answer", reply_to=original, reply_state="held")
    assert announced(door(driss), original).status_code == 201
    assert Video.objects.get(title="The answer", state="draft").reply_state == "held"
    assert door(driss).get(f"/videos/{original.uid}/replies").status_code == 403
    assert "The answer" in door(chloe).get(f"/videos/{original.uid}/replies").content.decode()
    door(chloe).post(f"/videos/{original.uid}/replies", {"reply": reply.uid, "decision": "show"})
    reply.refresh_from_db()
    assert reply.reply_state == "live"
    run_all_tasks()
    assert Notice.objects.get(person=driss).title == "“The answer” is shown below the film that it answers"
    door(chloe).post(f"/videos/{original.uid}/replies", {"reply": reply.uid, "decision": "refuse"})
    assert "In answer to" not in page(door(), reply)


@pytest.mark.parametrize("why", ["closed", "blocked", "unseen"])
def test_who_may_not_answer_is_told_why(door: Any, original: Video, chloe: Any, driss: Any, why: str) -> None:
    if why == "closed":
        Work.objects.filter(pk=original.pk).update(comments_policy="closed")
    elif why == "blocked":
        Block.objects.create(channel=original.channel, person=driss)
    else:
        Work.objects.filter(pk=original.pk).update(visibility="private")
    answer = announced(door(driss), original)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert not Video.objects.filter(author=driss).exists()


def test_an_older_film_becomes_an_answer_on_its_edit_page(door: Any, original: Video, driss: Any) -> None:
    mine = make_video(author=driss, title="An older film")
    client = door(driss)

    def keep(address: str) -> int:
        words = {"title": mine.title, "visibility": "public", "rating": "0"}
        forms = {"windows-TOTAL_FORMS": "0", "windows-INITIAL_FORMS": "0"}
        return client.post(f"/videos/{mine.uid}/edit", words | forms | {"answers": address}).status_code

    assert keep(original.address) == 302
    mine.refresh_from_db()
    assert mine.reply_to == original
    assert keep(mine.address) == 422, "not itself"
    assert keep("https://example.org/") == 422
    assert keep("") == 302
    mine.refresh_from_db()
    assert mine.reply_to is None
    patched = client.patch(f"/api/v1/videos/{mine.uid}", {"reply_to": original.uid}, **API)
    assert patched.json()["reply_to"] == original.uid
