"""What a video's page gives its player to speak with, and where its maker reads what became of it."""

from __future__ import annotations

import re
from typing import Any

from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.accounts.actions import issue_token
from bouquet.shared.audience.hits import Mark
from bouquet.shared.audience.tests.make import HOST, make_play, write
from bouquet.shared.audience.ticket import Ticket


def ticket_on(client: Any, path: str, **headers: str) -> Ticket | None:
    html = client.get(path, headers=headers).content.decode()
    found = re.search(r'data-player-ticket-value="([^"]*)"', html)
    assert found, path
    return Ticket.open(found[1], HOST) if found[1] else None


def test_the_page_gives_the_player_a_ticket_for_this_film(door: Any, chloe: Any, driss: Any) -> None:
    video = make_video(author=chloe)
    ticket = ticket_on(door(driss), video.path)
    assert ticket is not None
    assert (ticket.work, ticket.channel, ticket.site, ticket.marks) == (video.pk, video.channel_id, video.site_id, 0)
    assert ticket.duration >= (video.duration or 0) > 0


def test_a_makers_own_player_says_so_and_an_embedded_one_too(door: Any, chloe: Any, ada: Any) -> None:
    video = make_video(author=chloe)
    marks = [
        getattr(ticket_on(client, path), "marks", None)
        for client, path in (
            (door(chloe), video.path),
            (door(ada), video.path),
            (door(), f"/embed/{video.uid}"),
        )
    ]
    assert marks == [Mark.OWN, Mark.STAFF, Mark.EMBED]
    stage = ticket_on(door(), f"/videos/{video.uid}/stage", referer=f"https://{HOST}/embed/{video.uid}")
    assert stage is not None and stage.marks == Mark.EMBED


def test_who_refuses_gets_no_ticket(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    assert ticket_on(door(), video.path, **{"sec-gpc": "1"}) is None
    assert ticket_on(door(), video.path, dnt="1") is None
    client = door()
    client.post("/counting/refusal", {"count": "no"})
    assert ticket_on(client, video.path) is None


def test_opening_the_page_is_no_view(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    for _ in range(3):
        assert door().get(video.path).status_code == 200
    video.refresh_from_db()
    assert video.views == 0


def test_the_maker_finds_the_way_to_the_numbers(door: Any, chloe: Any, driss: Any) -> None:
    video = make_video(author=chloe)
    address = f"/numbers/works/{video.uid}/"
    assert address in door(chloe).get(video.path).content.decode()
    assert address in door(chloe).get("/videos/mine/").content.decode()
    assert video.channel is not None
    channel = f"/videos/channels/{video.channel.slug}/"
    assert f"/numbers/channels/{video.channel.slug}/" in door(chloe).get(channel).content.decode()
    assert address not in door(driss).get(video.path).content.decode()
    assert "/numbers/channels/" not in door(driss).get(channel).content.decode()


def test_the_api_has_the_numbers_of_a_video(door: Any, chloe: Any, driss: Any) -> None:
    video = make_video(author=chloe)
    write(*make_play(video))
    path = f"/api/v1/videos/{video.uid}/numbers"

    def ask(person: Any) -> Any:
        return door().get(path, headers={"authorization": f"Bearer {issue_token(person, name='test')[1]}"})

    told = ask(chloe).json()
    assert (told["totals"]["views"], told["totals"]["watch_seconds"], len(told["curve"])) == (1, 30, 100)
    assert ask(driss).status_code == 404
    assert door().get(path).status_code == 401
