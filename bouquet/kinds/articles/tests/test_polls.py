"""A poll in an article: one vote an account, numbers for everybody, and nothing that breaks the kept page."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from bouquet.kinds.articles.body_blocks import PollBlock
from bouquet.kinds.articles.models import ArticlePage, Poll, PollVote
from bouquet.kinds.articles.models.form import rewritten_poll
from bouquet.kinds.articles.personal_data import erase, export
from bouquet.kinds.articles.polls.showing import shares_of
from bouquet.kinds.articles.tests.make import make_article, make_section, visit
from bouquet.toolkit.page_cache.notes import NOTES, Notes

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db: Any) -> ArticlePage:
    return make_polled()


def make_polled(**changes: Any) -> ArticlePage:
    poll = {
        "question": "Should the ferry run at night?",
        "answers": ["Yes", "No", "On Saturdays"],
        "closes_at": timezone.now() + timedelta(days=7),
        "results_first": False,
    } | changes
    return make_article(make_section(), body=[("text", "<p>Words.</p>"), ("poll", poll)])


def cast(page: ArticlePage, person: Any, answer: str, **more: Any) -> Any:
    poll = Poll.objects.get()
    client = Client(headers={"host": page.site.host})
    client.force_login(person)
    name = poll.answers.get(words=answer).name if answer else "nothing"
    return client.post(f"/articles/polls/{poll.uid}/vote/", {"answer": name}, **more)


def votes() -> dict[str, int]:
    return dict(Poll.objects.get().answers.values_list("words", "votes"))


def again(page: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_a_member_votes_once_and_then_reads_what_came_of_it(page: ArticlePage, chloe: Any, driss: Any) -> None:
    assert "Sign in to vote" in visit(page).text and "poll__bar" not in visit(page).text
    before = visit(page, person=chloe).text
    assert 'type="radio"' in before and "poll__bar" not in before
    for _ in range(2):  # a double click
        answer = cast(page, chloe, "Yes")
        assert answer.status_code == 302 and f"{page.own_path()}#poll-" in answer["Location"]
    refused = cast(page, chloe, "No")
    assert refused.status_code == 409 and "cannot be changed" in refused.text
    cast(page, driss, "No")
    assert votes() == {"Yes": 1, "No": 1, "On Saturdays": 0}
    after = visit(page, person=chloe).text
    assert "Your vote" in after and "50%" in after and 'type="radio"' not in after
    assert "poll__bar" not in visit(page).text  # a stranger waits for the end
    poll = Poll.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        PollVote.objects.create(poll=poll, answer=poll.answers.first(), person=chloe)


def test_bad_votes_count_nothing(page: ArticlePage, chloe: Any, site: Any) -> None:
    poll = Poll.objects.get()
    stranger = Client(headers={"host": page.site.host}).post(f"/articles/polls/{poll.uid}/vote/", {"answer": "x"})
    assert stranger.status_code == 302 and "login" in stranger["Location"]
    assert cast(page, chloe, "").status_code == 422
    Poll.objects.update(closes_at=timezone.now())
    late = cast(page, chloe, "Yes")
    assert late.status_code == 409 and "This poll closed on" in late.text
    assert "poll__bar" in visit(page).text  # closed: everybody reads the results
    page.unpublish()
    assert cast(page, chloe, "Yes").status_code == 404
    assert sum(votes().values()) == 0


def test_who_tries_without_end_is_slowed_down(page: ArticlePage, chloe: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("bouquet.kinds.articles.polls.actions.MOST", 2)
    assert [cast(page, chloe, "").status_code for _ in range(3)] == [422, 422, 429]


def test_votes_stay_with_their_answers_and_what_was_voted_on_stays_as_it_is(page: ArticlePage, chloe: Any) -> None:
    draft = again(page)
    draft.body[1].value["answers"][1] = "Never"
    draft.save_revision().publish()
    assert "No" not in votes()  # nobody had voted: it may be mended
    cast(page, chloe, "Never")
    draft = again(page)
    answers = draft.body[1].value["answers"]
    answers.bound_blocks.reverse()
    assert not rewritten_poll(page.pk, draft.body)  # another order is no other question
    answers.bound_blocks[1].value = "By no means"
    assert "People have voted" in rewritten_poll(page.pk, draft.body)
    draft.save_revision().publish()  # a draft of before the first vote
    assert votes() == {"Yes": 0, "Never": 1, "On Saturdays": 0}
    assert "By no means" not in visit(page, person=chloe).text
    del draft.body[1]
    draft.save_revision().publish()
    assert "By no means" not in visit(page).text and cast(page, chloe, "Yes").status_code == 404


def test_a_strangers_page_is_kept_a_minute_at_most_and_not_past_the_polls_end(db: Any, chloe: Any) -> None:
    page = make_polled(results_first=True, closes_at=timezone.now() + timedelta(seconds=20))
    notes = Notes()
    shown = Client(headers={"host": page.site.host}).get(page.own_path(), **{NOTES: notes})
    assert notes.keep and notes.seconds == 60 and notes.until == pytest.approx(Poll.objects.get().closes_at.timestamp())
    assert "poll__bar" in shown.text and "csrfmiddlewaretoken" not in shown.text.partition("poll__question")[2][:3000]


def test_programs_read_and_vote(page: ArticlePage, chloe: Any) -> None:
    client = Client(headers={"host": page.site.host})
    (poll,) = client.get(f"/api/v1/articles/{page.uid}/polls").json()
    assert poll["answers"][0]["votes"] is None and not poll["may_vote"]
    address, wish = f"/api/v1/polls/{poll['id']}/vote", json.dumps({"answer": poll["answers"][0]["id"]})
    assert client.put(address, wish, content_type="application/json").status_code == 401
    client = Client(headers={"host": page.site.host})
    client.force_login(chloe)
    said = [client.put(address, wish, content_type="application/json") for _ in range(2)]
    assert [each.status_code for each in said] == [201, 200]
    mine = {"id": poll["answers"][0]["id"], "words": "Yes", "votes": 1, "share": 100, "yours": True}
    assert said[0].json()["answers"][0] == mine
    other = json.dumps({"answer": poll["answers"][1]["id"]})
    refused = client.put(address, other, content_type="application/json")
    assert refused.status_code == 409 and refused["Content-Type"] == "application/problem+json"
    assert "<form" not in client.get(f"/api/v1/articles/{page.uid}").json()["html"]


def test_a_person_takes_their_votes_away_and_the_number_stays(page: ArticlePage, chloe: Any) -> None:
    cast(page, chloe, "Yes")
    assert export(chloe)["votes"][0] | {"at": ""} == {
        "in": page.article.address,
        "question": "Should the ferry run at night?",
        "answer": "Yes",
        "at": "",
    }
    erase(chloe)
    assert not PollVote.objects.exists() and votes()["Yes"] == 1


def test_shares_add_up_and_two_same_answers_are_refused() -> None:
    assert shares_of([1, 1, 1]) == [34, 33, 33] and shares_of([0, 0]) == [0, 0]
    assert sum(shares_of([7, 11, 13, 17, 19, 23, 29, 31])) == 100
    block = PollBlock()
    said = {"question": "?", "answers": ["Yes", " yes"], "closes_at": timezone.now(), "results_first": False}
    with pytest.raises(ValidationError):
        block.clean(block.to_python(block.get_prep_value(block.normalize(said))))
