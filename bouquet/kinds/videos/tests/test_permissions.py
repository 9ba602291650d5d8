"""Who may do what: each door, each of the cast, in one table."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tests.make import make_video, make_video_in_the_works

PUBLIC, PRIVATE, UNPUBLISHED = "public", "private", "unpublished"
# Who sent the film is Chloé. For each video and act: Chloé, Ada (owner of the network), Driss, somebody signed out.
TABLE = [
    # act, video, chloe, ada, driss, nobody
    ("watch", PUBLIC, 200, 200, 200, 200),
    ("watch", PRIVATE, 200, 200, 404, 404),
    ("watch", UNPUBLISHED, 200, 200, 404, 404),
    ("stage", PRIVATE, 200, 200, 404, 404),
    ("embed", PUBLIC, 200, 200, 200, 200),
    ("embed", PRIVATE, 200, 200, 404, 404),
    ("read", PUBLIC, 200, 200, 200, 200),
    ("read", PRIVATE, 200, 200, 404, 404),
    ("edit", PUBLIC, 200, 200, 403, 302),
    ("edit", PRIVATE, 200, 200, 404, 302),
    ("removal", PUBLIC, 200, 200, 403, 302),
    ("poster", PUBLIC, 302, 302, 403, 302),
    ("download", PUBLIC, 302, 302, 404, 404),
    ("patch", PUBLIC, 200, 200, 403, 401),
    ("patch", PRIVATE, 200, 200, 404, 401),
    ("delete", PUBLIC, 204, 204, 403, 401),
    ("delete", PRIVATE, 204, 204, 404, 401),
    ("channel", PUBLIC, 200, 404, 404, 302),
]


def try_to(act: str, client: Any, video: Video) -> int:
    page, door = f"/videos/{video.uid}", f"/api/v1/videos/{video.uid}"
    acts = {
        "watch": lambda: client.get(f"{page}/{video.slug}/"),
        "stage": lambda: client.get(f"{page}/stage"),
        "embed": lambda: client.get(f"/embed/{video.uid}"),
        "read": lambda: client.get(door),
        "edit": lambda: client.get(f"{page}/edit"),
        "removal": lambda: client.get(f"{page}/removal"),
        "poster": lambda: client.post(f"{page}/poster/removal"),
        "download": lambda: client.get(f"{page}/download"),
        "patch": lambda: client.patch(door, json.dumps({"title": "Mine"}), content_type="application/json"),
        "delete": lambda: client.delete(door),
        "channel": lambda: client.get(f"/videos/channels/{video.channel.slug}/settings"),
    }
    return acts[act]().status_code


@pytest.mark.parametrize(("act", "which", "chloe_gets", "ada_gets", "driss_gets", "nobody_gets"), TABLE)
def test_each_of_the_cast_gets_what_is_theirs(
    door: Any,
    ada: Any,
    chloe: Any,
    driss: Any,
    act: str,
    which: str,
    chloe_gets: int,
    ada_gets: int,
    driss_gets: int,
    nobody_gets: int,
) -> None:
    expected = {driss: driss_gets, None: nobody_gets, ada: ada_gets, chloe: chloe_gets}
    for person, status in expected.items():
        if which == UNPUBLISHED:
            video = make_video_in_the_works(author=chloe)
        else:
            video = make_video(author=chloe, visibility=which)
        assert try_to(act, door(person), video) == status, f"{person} tries to {act}"


def test_followers_see_what_is_for_followers(door: Any, chloe: Any, driss: Any) -> None:
    video = make_video(author=chloe, visibility="followers")
    assert try_to("watch", door(driss), video) == 404
    video.channel.follows.create(person=driss)
    assert try_to("watch", door(driss), video) == 200


def test_a_form_sent_from_another_page_is_refused(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    client = door(chloe, enforce_csrf_checks=True)
    assert client.post(f"/videos/{video.uid}/removal").status_code == 403
    assert client.post("/videos/new/", {"title": "x"}).status_code == 403
    assert client.delete(f"/api/v1/videos/{video.uid}").status_code == 403
    assert Video.objects.filter(pk=video.pk).exists()
