"""Who may not comment, or not unread, and how openly it is said; what is closed; what people try."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bouquet.shared.comments.models import Comment, DomainRule, HouseRules, Like, Restriction
from bouquet.shared.comments.personal_data import erase_comments, export_comments
from bouquet.shared.comments.phases import TOLD, told_of
from bouquet.shared.comments.tests.make import enter, make_comment, page, say
from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.notifications.models import Notice
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_work
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(basile: Any, site: Any) -> Work:
    """A work on a site that Basile edits, in nobody's own channel."""
    make_main_site()
    magazine = make_site("magazine", front=True)
    appoint_editor(magazine, basile)
    return make_work(site=magazine, channel=None)


def at_the_desk(person: Any, path: str, data: dict[str, Any] | None = None) -> Any:
    client, host = enter(person), {"host": "magazine.bouquet.localhost"}
    address = f"/admin/comments/{path}"
    return client.get(address, headers=host) if data is None else client.post(address, data, headers=host)


def restrict(comment: Comment, by: Any, **changes: Any) -> Any:
    given = {"effect": "stop", "days": "7", "where": "site", "reason": "Insults, twice."} | changes
    return at_the_desk(by, f"{comment.uid}/restricting/", given)


def test_first_comments_of_a_newcomer_wait_and_they_are_told_before_and_after(work: Work, driss: Any) -> None:
    HouseRules.objects.create(site=work.site, hold_first=2)
    client = enter(driss)
    assert "the first comments of everybody are read" in page(client, work)
    for number in range(2):
        say(client, work, f"Word {number}")
        said = Comment.objects.get(text=f"Word {number}")
        assert (said.state, said.held_for) == ("held", ["newcomer"])
        assert "You are new here" in page(client, work)
        assert f"Word {number}" not in page(enter(), work)
        Comment.objects.filter(pk=said.pk).update(state="live", decided_at=timezone.now())
    assert "You are new here" not in page(client, work)
    say(client, work, "Word 2")
    assert Comment.objects.get(text="Word 2").is_live


def test_a_watched_word_is_named_to_who_decides_and_not_to_who_wrote_it(work: Work, driss: Any, chloe: Any) -> None:
    HouseRules.objects.create(site=work.site, watched_words="casino")
    say(enter(driss), work, "Best casino of all")
    assert "watched word: “casino”" in enter(chloe).get("/me/comments/").text
    own = page(enter(driss), work)
    assert "A program asks for a second look at it" in own and "“casino”" not in own


def test_the_desk_stops_somebody_with_a_reason_that_they_read_and_lifts_it(desk: Work, basile: Any, driss: Any) -> None:
    comment = make_comment(desk, author=driss, text="Fools, all of you.")
    other = make_comment(desk, author=driss, text="And fools again.")
    assert restrict(comment, basile, reason="").status_code == 200, "not without a reason"
    assert "And fools" not in at_the_desk(basile, f"{comment.uid}/restricting/").text
    assert restrict(comment, basile, take_down="on").status_code == 302
    other.refresh_from_db()
    assert other.state == "down"
    run_all_tasks()
    told = [notice.title for notice in Notice.objects.of(driss)]
    assert len(told) == 1 and "take no comments of yours until" in told[0] and "Insults, twice." in told[0]
    refused = say(enter(driss), desk, "Me again")
    assert refused.status_code == 403 and "Insults, twice." in refused.text and "Me again" in refused.text
    assert "Insults, twice." in page(enter(driss), desk)
    assert "Driss" in at_the_desk(basile, "people/").text
    at_the_desk(basile, f"people/{Restriction.objects.get().pk}/lifting/", {})
    assert say(enter(driss), desk, "Sorry.").status_code == 302


def test_who_is_restricted_elsewhere_or_was_writes_as_before(desk: Work, work: Work, basile: Any, driss: Any) -> None:
    comment = make_comment(desk, author=driss)
    restrict(comment, basile, days="1")
    assert say(enter(driss), work, "On another site.").status_code == 302
    Restriction.objects.update(until=timezone.now() - timedelta(minutes=1))
    assert say(enter(driss), desk, "A day later.").status_code == 302


def test_somebodys_comments_may_each_be_read_first(desk: Work, basile: Any, driss: Any) -> None:
    restrict(make_comment(desk, author=driss), basile, effect="hold", days="0")
    assert "The editors read your comments before" in page(enter(driss), desk)
    say(enter(driss), desk, "Politely.")
    assert Comment.objects.get(text="Politely.").held_for == ["restricted"]


def test_only_who_runs_the_network_restricts_all_of_it_and_nobody_their_editors(
    desk: Work, work: Work, ada: Any, basile: Any, chloe: Any, driss: Any
) -> None:
    comment = make_comment(desk, author=driss)
    assert restrict(comment, basile, where="network").status_code == 200
    assert restrict(make_comment(work, author=driss), basile).status_code == 404
    restrict(make_comment(desk, author=basile), ada)
    assert not Restriction.objects.exists()
    restrict(comment, ada, where="network")
    assert say(enter(driss), work, "Anywhere?").status_code == 403
    assert at_the_desk(basile, f"people/{Restriction.objects.get().pk}/lifting/", {}).status_code == 404


def test_a_rule_for_a_domain_is_kept_by_who_saw_whom_it_hits(desk: Work, basile: Any, driss: Any, chloe: Any) -> None:
    type(driss).objects.filter(pk=driss.pk).update(email="driss@mail.throwaway.example")
    make_comment(desk, author=driss)
    given = {"domain": "Throwaway.example", "effect": "stop", "site": desk.site.pk}
    shown = at_the_desk(basile, "domains/", given)
    assert "Accounts with such an address: 1. Of those, 1 have commented, 1 comments" in shown.text
    assert not DomainRule.objects.exists()
    assert at_the_desk(basile, "domains/", given | {"hits": "1"}).status_code == 302
    driss.refresh_from_db()
    refused = say(enter(driss), desk, "Hello")
    assert refused.status_code == 403 and "throwaway.example are not taken" in refused.text
    assert say(enter(chloe), desk, "Hello").status_code == 302
    rule = DomainRule.objects.get()
    at_the_desk(basile, f"domains/{rule.pk}/removal/", {})
    DomainRule.objects.create(domain="throwaway.example", site=desk.site, effect="hold")
    Comment.objects.all().delete()
    say(enter(driss), desk, "Hello again")
    assert Comment.objects.get().held_for == ["domain:throwaway.example"]


@pytest.mark.parametrize("domain", ["com", "a b.example", "<b>.example", "x" * 200 + ".example"])
def test_what_is_no_domain_is_refused(desk: Work, basile: Any, domain: str) -> None:
    given = {"domain": domain, "effect": "stop", "site": desk.site.pk, "hits": "0"}
    assert at_the_desk(basile, "domains/", given).status_code == 200
    assert not DomainRule.objects.exists()


def test_a_day_of_its_own_closes_a_discussion_before_every_other_rule(work: Work, driss: Any) -> None:
    work.comments_policy, work.comments_close_at = "open", timezone.now() + timedelta(days=1)
    work.save()
    assert say(enter(driss), work, "In time.").status_code == 302
    comment = Comment.objects.get()
    Work.objects.update(comments_close_at=timezone.now() - timedelta(minutes=1))
    refused = say(enter(driss), work, "Too late.")
    assert refused.status_code == 403 and "the day set for this discussion" in refused.text
    assert "In time." in page(enter(), work)
    assert comment.uid in page(enter(), work) and "answer-" + comment.uid not in page(enter(), work)


def test_after_closing_no_respect_is_added_reports_and_removal_stay(work: Work, driss: Any, chloe: Any) -> None:
    comment = make_comment(work, author=driss)
    Work.objects.update(comments_policy="closed")
    assert enter(chloe).post(f"/comments/{comment.uid}/like", {"wanted": "1"}).status_code == 403
    assert enter(chloe).put(f"/api/v1/comments/{comment.uid}/like").status_code == 403
    assert not Like.objects.exists() and f"like-{comment.uid}" not in page(enter(chloe), work)
    assert enter(chloe).post(f"/comments/{comment.uid}/report", {"why": "spam"}).status_code == 302
    assert export_comments(driss)["comments"]
    assert enter(driss).post(f"/comments/{comment.uid}/removal").status_code == 302


def test_editors_wear_a_badge_and_recommend_where_the_channel_is_nobodys(desk: Work, basile: Any, driss: Any) -> None:
    make_comment(desk, author=basile, text="From the desk.")
    theirs = make_comment(desk, author=driss, text="Well said.")
    for what in ("heart", "pin"):
        assert enter(driss).post(f"/comments/{theirs.uid}/{what}", {"wanted": "1"}).status_code == 403
        assert enter(basile).post(f"/comments/{theirs.uid}/{what}", {"wanted": "1"}).status_code == 302
    html = page(enter(), desk)
    assert "Recommended by the editors" in html and "Pinned" in html and "Team" in html


@pytest.mark.parametrize(
    "text",
    ["x" * 9_000_000, "x" * 10 * 1024**2, "https://a.example/ " * 5000, "e" + "\u0301" * 200_000, "\u202e" * 500_000],
    ids=["nine megabytes", "ten megabytes", "5,000 links", "a tower", "turned around"],
)
def test_far_too_much_is_refused_in_a_moment(work: Work, driss: Any, text: str) -> None:
    began = timezone.now()
    assert say(enter(driss), work, text).status_code in (422, 302, 400)
    assert timezone.now() - began < timedelta(seconds=3)
    assert all(len(said) <= 3000 and "\u202e" not in said for said in Comment.objects.values_list("text", flat=True))


def test_what_was_decided_about_a_person_is_theirs_to_take_and_goes(desk: Work, basile: Any, driss: Any) -> None:
    restrict(make_comment(desk, author=driss), basile)
    assert export_comments(driss)["restrictions"][0]["reason"] == "Insults, twice."
    erase_comments(driss)
    assert not Restriction.objects.exists()


def test_who_is_new_hears_so_once():
    assert [str(words) for words in told_of(["newcomer", "first-link", "links"])] == [
        "You are new here, and it has a link: it is read before it is shown.",
        "It has many links: it is read before it is shown.",
    ]
    assert told_of(["newcomer"]) == [str(TOLD["newcomer"])]
