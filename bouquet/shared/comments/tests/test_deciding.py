"""What makers and editors decide, and who hears of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bouquet.shared.comments.actions import add_comment, hide_comment
from bouquet.shared.comments.models import Block, Comment, HouseRules, Report
from bouquet.shared.comments.tests.make import enter, make_comment, page, say
from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.notifications.models import Notice
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_work
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


def told(person: Any) -> list[str]:
    run_all_tasks()
    return [notice.title for notice in Notice.objects.of(person).order_by("pk")]


def test_the_maker_and_who_is_answered_and_mentioned_hear_of_it_once(
    work: Work, chloe: Any, driss: Any, basile: Any
) -> None:
    first, _new = add_comment(work, by=driss, text="Where is this?")
    assert told(chloe) == ["Driss commented on “The harbour at dawn”"]
    add_comment(work, by=chloe, text=f"At the lake, @{driss.handle}. And @{basile.handle} was there.", answers=first)
    assert told(driss) == ["Chloé answered you below “The harbour at dawn”"]
    assert told(basile) == ["Chloé mentioned you below “The harbour at dawn”"]
    assert len(told(chloe)) == 1, "her own words are no news to her"


def test_many_comments_are_one_notice_while_it_is_unread(work: Work, chloe: Any, driss: Any, basile: Any) -> None:
    add_comment(work, by=driss, text="One")
    add_comment(work, by=driss, text="Two")
    run_all_tasks()
    add_comment(work, by=basile, text="Three")
    assert told(chloe) == ["3 new comments on “The harbour at dawn”, the last by Basile"]
    Notice.objects.of(chloe).mark_read()
    add_comment(work, by=driss, text="Four")
    assert told(chloe)[-1] == "Driss commented on “The harbour at dawn”"


def test_a_silenced_thread_tells_no_more(work: Work, chloe: Any, driss: Any) -> None:
    first = make_comment(work, author=driss)
    enter(driss).post(f"/comments/{first.uid}/silence", {"wanted": "1"})
    add_comment(work, by=chloe, text="An answer", answers=first)
    assert told(driss) == []
    enter(driss).post(f"/comments/{first.uid}/silence", {"wanted": "0"})
    add_comment(work, by=chloe, text="Another answer", answers=first)
    assert len(told(driss)) == 1


def test_nobody_is_told_of_what_they_may_not_see(work: Work, chloe: Any, driss: Any) -> None:
    Work.objects.filter(pk=work.pk).update(visibility="private")
    work.refresh_from_db()
    add_comment(work, by=chloe, text=f"@{driss.handle} should not hear this")
    assert told(driss) == []


def test_each_comment_waits_where_the_maker_wants_it(work: Work, chloe: Any, driss: Any, basile: Any) -> None:
    Work.objects.filter(pk=work.pk).update(comments_policy="approval")
    say(enter(driss), work, "May I?")
    comment = Comment.objects.get()
    assert (comment.state, comment.held_for) == ("held", ["policy"])
    assert "May I?" not in page(enter(basile), work)
    mine = page(enter(driss), work)
    assert "May I?" in mine and "Waits for a decision" in mine
    assert told(chloe) == ["A comment on “The harbour at dawn” waits for your decision"]
    assert enter(basile).post(f"/comments/{comment.uid}/publication").status_code == 404
    queue = enter(chloe).get("/me/comments/").content.decode()
    assert "May I?" in queue and "Each comment here is approved first." in queue
    enter(chloe).post("/me/comments/decisions", {"uid": comment.uid, "decision": "publish"})
    assert "May I?" in page(enter(), work)
    assert told(driss) == ["Your comment on “The harbour at dawn” is published"]
    assert say(enter(chloe), work, "Mine need nobody").status_code == 302
    assert Comment.objects.get(text="Mine need nobody").is_live


def test_refusing_tells_why(work: Work, chloe: Any, driss: Any) -> None:
    comment = make_comment(work, author=driss, state="held", held_for=["policy"])
    decision = {"uid": comment.uid, "decision": "hide", "reason": "Stay on the subject"}
    enter(chloe).post("/me/comments/decisions", decision)
    assert told(driss) == ["Your comment on “The harbour at dawn” is not shown: Stay on the subject"]


def test_a_queue_is_only_ones_own(work: Work, driss: Any) -> None:
    comment = make_comment(work, author=driss, state="held")
    assert comment.text not in enter(driss).get("/me/comments/").content.decode()
    enter(driss).post("/me/comments/decisions", {"uid": comment.uid, "decision": "publish"})
    comment.refresh_from_db()
    assert comment.state == "held"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("See https://example.org", "first-link"),
        ("See cheap-pills.example.shop now", "first-link"),
        ("What a SCANDALE!", "word:scandale"),
        ("Les scandaleux", ""),
        ("Spammers everywhere", "word:spam*"),
        ("Lovely light", ""),
    ],
)
def test_a_newcomers_links_and_watched_words_wait(work: Work, driss: Any, text: str, reason: str) -> None:
    HouseRules.objects.create(watched_words="scandale\nspam*")
    comment, _new = add_comment(work, by=driss, text=text)
    assert comment.held_for == ([reason] if reason else [])
    assert (comment.state == "held") == bool(reason)


def test_who_is_known_may_link_and_a_house_may_trust_everybody(work: Work, driss: Any, basile: Any) -> None:
    make_comment(work, author=driss, created_at=timezone.now() - timedelta(days=2))
    assert add_comment(work, by=driss, text="See https://example.org")[0].is_live
    links = " ".join(f"https://example.org/{number}" for number in range(6))
    assert add_comment(work, by=driss, text=links)[0].held_for == ["links"]
    HouseRules.objects.create(hold_first_links=False)
    assert add_comment(work, by=basile, text="See https://example.org")[0].is_live


def test_a_link_edited_in_is_held_like_one_written_at_once(work: Work, driss: Any) -> None:
    comment, _new = add_comment(work, by=driss, text="Nice")
    enter(driss).post(f"/comments/{comment.uid}/edit", {"text": "Nice https://spam.example"})
    comment.refresh_from_db()
    work.refresh_from_db()
    assert (comment.state, work.comment_count) == ("held", 0)


def test_the_maker_hides_blocks_and_forgives(work: Work, chloe: Any, driss: Any) -> None:
    comment = make_comment(work, author=driss)
    assert enter(driss).post(f"/comments/{comment.uid}/hiding", {"reason": "x"}).status_code == 403
    assert enter(chloe).post(f"/comments/{comment.uid}/hiding", {"reason": ""}).status_code == 302
    assert told(driss) == ["Your comment on “The harbour at dawn” is not shown: no reason was given"]
    enter(chloe).post(f"/comments/{comment.uid}/block")
    block = Block.objects.get()
    assert (block.person, block.channel) == (driss, work.channel)
    assert "Driss" in enter(chloe).get("/me/comments/blocks").content.decode()
    assert enter(driss).post("/me/comments/blocks", {"block": block.pk}).status_code == 404
    enter(chloe).post("/me/comments/blocks", {"block": block.pk})
    assert not Block.objects.exists()
    enter(chloe).post(f"/comments/{comment.uid}/publication")
    comment.refresh_from_db()
    assert comment.is_live


@pytest.fixture
def desk(basile: Any, site: Any) -> Work:
    make_main_site()
    magazine = make_site("magazine", front=True)
    appoint_editor(magazine, basile)
    return make_work(site=magazine)


def at_the_desk(client: Any, path: str, data: dict[str, Any] | None = None) -> Any:
    host = {"host": "magazine.bouquet.localhost"}
    address = f"/admin/comments/{path}"
    return client.get(address, headers=host) if data is None else client.post(address, data, headers=host)


def test_a_report_reaches_the_desk_with_what_it_said_then(desk: Work, basile: Any, chloe: Any, driss: Any) -> None:
    comment = make_comment(desk, author=driss, text="You are all fools.")
    report = {"why": "hate", "words": "He insults us"}
    for _ in range(2):
        enter(chloe).post(f"/comments/{comment.uid}/report", report)
    assert Report.objects.count() == 1
    assert told(basile) == ["A comment on “The harbour at dawn” was reported"]
    enter(driss).post(f"/comments/{comment.uid}/edit", {"text": "You are all dear."})
    html = at_the_desk(enter(basile), "").content.decode()
    assert "You are all fools." in html and "He insults us" in html
    assert at_the_desk(enter(basile), f"{comment.uid}/taking-down/", {"reason": ""}).status_code == 200
    at_the_desk(enter(basile), f"{comment.uid}/taking-down/", {"reason": "Insults"})
    comment.refresh_from_db()
    assert comment.state == "down"
    assert told(driss) == ["The editors took down your comment on “The harbour at dawn”: Insults"]
    assert "You are all fools." not in at_the_desk(enter(basile), "").content.decode()


def test_what_the_editors_took_down_its_maker_cannot_publish(desk: Work, basile: Any, driss: Any) -> None:
    comment = make_comment(desk, author=driss)
    hide_comment(comment, by=basile, reason="No", by_desk=True)
    assert enter(desk.author).post(f"/comments/{comment.uid}/publication").status_code == 403
    at_the_desk(enter(basile), f"{comment.uid}/publishing/", {})
    comment.refresh_from_db()
    assert comment.is_live


def test_the_desk_is_for_the_editors_of_the_site(desk: Work, work: Work, basile: Any, chloe: Any, driss: Any) -> None:
    theirs = make_comment(work, author=driss, text="Elsewhere.", state="held")
    assert "Elsewhere." not in at_the_desk(enter(basile), "?shelf=held").content.decode()
    assert at_the_desk(enter(basile), f"{theirs.uid}/publishing/", {}).status_code == 404
    assert at_the_desk(enter(chloe), "").status_code in (302, 404)


def test_an_editor_sets_the_rules_of_their_sites_only(desk: Work, work: Work, basile: Any, ada: Any) -> None:
    given = {"kind": "", "policy": "open", "close_after_days": "30", "watched_words": "spam", "hold_first_links": "on"}
    assert at_the_desk(enter(basile), "rules/", given).status_code == 200, "the whole network is not theirs"
    assert at_the_desk(enter(basile), "rules/", given | {"site": work.site.pk}).status_code == 200
    assert at_the_desk(enter(basile), "rules/", given | {"site": desk.site.pk}).status_code == 302
    assert at_the_desk(enter(basile), "rules/", given | {"site": desk.site.pk}).status_code == 200, "there are some"
    rules = HouseRules.objects.get()
    assert (rules.site, rules.close_after_days, rules.words) == (desk.site, 30, ["spam"])
    assert at_the_desk(enter(ada), "rules/", given | {"policy": "closed"}).status_code == 302
    at_the_desk(enter(basile), f"rules/{rules.pk}/", {"drop": "1"})
    assert HouseRules.objects.get().site is None
