"""The demo's talk: it stands under films that are there, said by people that are there, and counts as real words do."""

from __future__ import annotations

from typing import Any

import pytest

from bouquet.config.demo.people import CAST
from bouquet.config.demo.sites import SITES
from bouquet.config.demo.talk import SENT, TALK, Said
from bouquet.config.demo.talking import send_elsewhere, talk_below
from bouquet.config.demo.videos import VIDEOS
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.comments.models import Comment, Report
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.proposals.models import Proposal
from bouquet.toolkit.testing.cast import make_person


@pytest.fixture
def films(db: None) -> dict[str, Video]:
    people = {member.handle: make_person(name=member.name, email=member.email, handle=member.handle) for member in CAST}
    sites = {demo.slug: make_site(demo.slug) for demo in SITES if demo.host}
    wanted = TALK.keys() | {sent.film for sent in SENT}
    return {
        demo.name: make_video(author=people[demo.by], site=sites[demo.site], title=demo.title)
        for demo in VIDEOS
        if demo.name in wanted
    }


def every(said: Said) -> list[Said]:
    return [said, *(each for answer in said.answers for each in every(answer))]


def test_people_talk_and_makers_answer(films: dict[str, Video]) -> None:
    talk_below(films)
    talk_below(films)  # a second start of the demo says nothing again
    said = [each for threads in TALK.values() for first in threads for each in every(first)]
    assert Comment.objects.count() == len(said)
    assert Comment.objects.filter(state="held").count() >= 2
    assert Report.objects.filter(settled_at=None).count() == 1
    for film in films.values():
        film.refresh_from_db()
        assert film.comment_count == Comment.objects.filter(work=film.pk, state="live").count()
        assert Comment.objects.filter(work=film.pk, pinned=True).count() <= 1
    assert Comment.objects.filter(pinned=True, author=films["lapin"].author, work=films["lapin"].pk).exists()
    assert Comment.objects.filter(root__isnull=False, author=films["velos"].author).exists()


def test_films_are_proposed_to_other_sites(films: dict[str, Video]) -> None:
    send_elsewhere(films)
    send_elsewhere(films)
    assert Proposal.objects.count() == len(SENT)
    assert films["terre"].also_on.get().slug == "video"
    assert {row.state for row in Proposal.objects.all()} == {"waiting", "asked", "shown"}


def test_nobody_proposes_their_own_film_or_sends_it_home(films: Any) -> None:
    demo = {each.name: each for each in VIDEOS}
    assert not [sent for sent in SENT if sent.by == demo[sent.film].by or sent.site == demo[sent.film].site]
