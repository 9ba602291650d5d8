"""A discussion under a film, through the door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bouquet.shared.comments.actions import add_comment, hide_comment, remove_comment
from bouquet.shared.comments.models import Block, Comment, HouseRules
from bouquet.shared.comments.tests.make import enter, make_comment, page, say
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_work
from bouquet.toolkit.testing.cast import make_person

pytestmark = pytest.mark.django_db


def test_a_member_says_something_and_is_led_to_it(work: Work, driss: Any) -> None:
    answer = say(enter(driss), work, "Where is this?\n\nIt looks cold at 0:42.")
    comment = Comment.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"{work.path}?comment={comment.uid}#c-{comment.uid}"
    html = page(enter(), work)
    assert "<p>Where is this?</p><p>It looks cold at" in html
    assert f'<a href="{work.path}?t=42" data-seek="42">0:42</a>' in html
    work.refresh_from_db()
    assert work.comment_count == 1


def test_a_script_gets_the_comment_to_put_in_its_place(work: Work, driss: Any) -> None:
    answer = enter(driss).post(f"/works/{work.uid}/comments/", {"text": "Hello"}, headers={"x-swap": "comment"})
    assert answer.status_code == 201
    html = answer.content.decode()
    assert "data-new" in html
    assert "<html" not in html


def test_the_same_form_sent_twice_is_one_comment(work: Work, driss: Any) -> None:
    client = enter(driss)
    say(client, work, "Once", key="abc")
    say(client, work, "Once", key="abc")
    say(client, work, "Once", key="another form, the same words")
    assert Comment.objects.count() == 1


def test_markup_is_only_text_and_links_are_nobodys_recommendation(work: Work, driss: Any) -> None:
    driss.name = "Driss <script>alert(2)</script>"
    driss.save()
    make_comment(work, author=driss, text='<script>alert(1)</script> https://example.org/?a="b')
    html = page(enter(), work)
    assert "<script>alert" not in html
    assert 'href="https://example.org/?a=" rel="nofollow ugc noopener"' in html


def test_what_turns_text_around_and_towers_of_accents_are_cut(work: Work, driss: Any) -> None:
    comment, _new = add_comment(work, by=driss, text="a\u202eb\x00 z" + "\u0301" * 500 + "\n" * 50 + "end")
    assert comment.text == "ab z\u0301\u0301\u0301\u0301\n\nend" or len(comment.text) < 20
    assert "\u202e" not in comment.text


def test_a_name_in_any_direction_stays_in_its_place(work: Work, driss: Any) -> None:
    make_comment(work, author=driss, text="مرحبا")
    assert '<div class="comment__text talk__text" dir="auto"><p>مرحبا</p></div>' in page(enter(), work)


@pytest.mark.parametrize(("text", "words"), [("   ", "Write something first."), ("x" * 3001, "up to 3000 characters")])
def test_nothing_and_too_much_are_told_and_the_words_are_kept(work: Work, driss: Any, text: str, words: str) -> None:
    answer = say(enter(driss), work, text)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert words in html
    assert text.strip() in html
    assert not Comment.objects.exists()


def test_who_was_signed_out_meanwhile_loses_nothing(work: Work) -> None:
    answer = say(enter(), work, "A long thought")
    assert answer.status_code == 403
    assert "A long thought" in answer.content.decode()
    assert not Comment.objects.exists()


def test_who_writes_too_fast_is_told_when_again_and_loses_nothing(work: Work, driss: Any) -> None:
    for number in range(3):
        say(enter(driss), work, f"Thought {number}")
    answer = say(enter(driss), work, "The fourth thought")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 300
    html = answer.content.decode()
    assert "You can send this again at" in html
    assert "The fourth thought" in html
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    assert say(enter(driss), work, "The fourth thought").status_code == 302


def test_answers_stand_flat_below_what_begins_the_thread(work: Work, driss: Any, chloe: Any) -> None:
    first = make_comment(work, author=driss)
    say(enter(chloe), work, "An answer", answers=first.uid)
    answer = Comment.objects.get(text="An answer")
    say(enter(driss), work, "An answer to the answer", answers=answer.uid)
    last = Comment.objects.get(text="An answer to the answer")
    assert (answer.root, answer.place, last.root, last.place, last.answers) == (first, 1, first, 2, answer)
    first.refresh_from_db()
    work.refresh_from_db()
    assert (first.answer_count, work.comment_count) == (2, 3)
    html = page(enter(), work)
    assert html.index("An answer") < html.index("An answer to the answer")


def test_an_answer_to_what_is_gone_is_refused(work: Work, driss: Any, chloe: Any) -> None:
    first = make_comment(work, author=driss)
    remove_comment(first, by=driss)
    assert say(enter(chloe), work, "Too late", answers=first.uid).status_code == 409


def test_orders_and_pages_show_each_thread_once(work: Work, driss: Any) -> None:
    now = timezone.now()
    for number in range(25):
        make_comment(
            work,
            author=driss,
            text=f"Thought {number:02}.",
            likes=number % 5,
            created_at=now + timedelta(seconds=number),
        )
    for order, first in {"newest": "24", "oldest": "00", "liked": "24"}.items():
        seen, query = [], f"?comments={order}"
        while query:
            html = page(enter(), work, query)
            seen += [text.partition(".")[0] for text in html.split("<p>Thought ")[1:]]
            link = html.partition('rel="next"')[0].rpartition('href="')[2] if 'rel="next"' in html else ""
            query = "?" + link.partition("?")[2].partition('"')[0].replace("&amp;", "&") if link else ""
        assert seen[0] == first
        assert sorted(seen) == [f"{number:02}" for number in range(25)]


def test_a_removed_comment_leaves_its_place_only_where_somebody_answered(work: Work, driss: Any, chloe: Any) -> None:
    alone, answered = make_comment(work, author=driss, text="Alone."), make_comment(work, author=driss, text="Asked.")
    add_comment(work, by=chloe, text="Answered.", answers=answered)
    for each in (alone, answered):
        enter(driss).post(f"/comments/{each.uid}/removal")
    html = page(enter(), work)
    assert "Alone." not in html and "Asked." not in html and "Answered." in html
    assert html.count("removed by its author") == 1
    assert Comment.objects.get(pk=answered.pk).text == ""
    work.refresh_from_db()
    assert work.comment_count == 1


def test_a_hidden_comment_is_for_its_author_and_who_decides(work: Work, driss: Any, chloe: Any, basile: Any) -> None:
    comment = make_comment(work, author=driss, text="Rude.")
    hide_comment(comment, by=chloe, reason="Not here")
    assert enter().get(f"/comments/{comment.uid}/").status_code == 404
    assert enter(basile).get(f"/comments/{comment.uid}/").status_code == 404
    assert enter(driss).get(f"/comments/{comment.uid}/").status_code == 302
    assert "Rude." not in page(enter(), work)


def test_editing_is_for_its_author_for_a_quarter_of_an_hour_and_shows(work: Work, driss: Any, chloe: Any) -> None:
    comment = make_comment(work, author=driss, text="Helo.")
    assert enter(chloe).post(f"/comments/{comment.uid}/edit", {"text": "Mine now"}).status_code == 403
    assert enter(driss).post(f"/comments/{comment.uid}/edit", {"text": "Hello."}).status_code == 302
    assert "(edited)" in page(enter(), work)
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    assert enter(driss).post(f"/comments/{comment.uid}/edit", {"text": "Later"}).status_code == 403
    comment.refresh_from_db()
    assert comment.text == "Hello."


def test_a_like_is_one_however_often_it_is_sent(work: Work, driss: Any, chloe: Any) -> None:
    comment = make_comment(work, author=chloe)
    for _ in range(2):
        enter(driss).post(f"/comments/{comment.uid}/like", {"wanted": "1"})
    comment.refresh_from_db()
    assert comment.likes == 1
    for _ in range(2):
        enter(driss).post(f"/comments/{comment.uid}/like", {"wanted": "0"})
    comment.refresh_from_db()
    assert comment.likes == 0


def test_the_maker_gives_hearts_and_pins_one(work: Work, driss: Any, chloe: Any) -> None:
    first, second = make_comment(work, author=driss, text="First."), make_comment(work, author=driss, text="Second.")
    assert enter(driss).post(f"/comments/{first.uid}/pin").status_code == 403
    for each in (second, first):
        assert enter(chloe).post(f"/comments/{each.uid}/pin").status_code == 302
    enter(chloe).post(f"/comments/{first.uid}/heart")
    html = page(enter(), work, "?comments=newest")
    assert html.index("First.") < html.index("Second.")
    assert html.count("Pinned") == 1
    assert "The maker likes this" in html
    assert html.count("<p>First.</p>") == 1


def test_an_address_leads_to_its_comment_however_deep_it_is(work: Work, driss: Any, chloe: Any) -> None:
    first = make_comment(work, author=chloe, text="Where it began.")
    for number in range(1, 12):
        make_comment(work, author=driss, root=first, answers=first, place=number, text=f"Answer {number:02}.")
    Comment.objects.filter(pk=first.pk).update(answer_count=11)
    for number in range(12):
        make_comment(work, author=driss, text=f"Newer {number}.")
    deep = Comment.objects.get(text="Answer 09.")
    html = page(enter(), work, f"?comment={deep.uid}")
    assert html.index("Where it began.") < html.index("Answer 09.") < html.index("Newer 11.")
    assert "talk__one--sought" in html
    whole = enter().get(f"/comments/{first.uid}/thread").content.decode()
    assert all(f"Answer {number:02}." in whole for number in range(1, 12))


@pytest.mark.parametrize("changes", [{"visibility": "private"}, {"state": "hidden"}, {"restricted": True}])
def test_comments_are_seen_where_their_work_is_and_nowhere_else(
    work: Work, driss: Any, changes: dict[str, Any]
) -> None:
    comment = make_comment(work, author=driss)
    Work.objects.filter(pk=work.pk).update(**changes)
    for client in (enter(), enter(driss)):
        for path in (
            f"/works/{work.uid}/comments/",
            f"/comments/{comment.uid}/",
            f"/comments/{comment.uid}/thread",
            f"/api/v1/works/{work.uid}/comments",
            f"/api/v1/comments/{comment.uid}",
        ):
            assert client.get(path).status_code in (404, 451), path
    assert say(enter(driss), work, "Let me in").status_code in (404, 451)


def test_a_password_guards_the_discussion_too(work: Work, driss: Any) -> None:
    make_comment(work, author=driss)
    Work.objects.filter(pk=work.pk).update(visibility="password")
    assert enter().get(f"/works/{work.uid}/comments/").status_code == 403


def test_closed_by_the_maker_or_by_age_says_why_and_stays_readable(work: Work, driss: Any) -> None:
    make_comment(work, author=driss, text="I was here.")
    Work.objects.filter(pk=work.pk).update(published_at=timezone.now() - timedelta(days=731))
    html = page(enter(driss), work)
    assert "Comments closed on" in html and "I was here." in html
    assert say(enter(driss), work, "Too late").status_code == 403
    Work.objects.filter(pk=work.pk).update(comments_policy="open")
    assert say(enter(driss), work, "The maker wants it open").status_code == 302
    Work.objects.filter(pk=work.pk).update(comments_policy="closed", published_at=timezone.now())
    assert "The maker has closed the comments." in page(enter(driss), work)


def test_the_most_particular_rule_of_the_house_counts(work: Work, driss: Any) -> None:
    HouseRules.objects.create(policy="closed")
    assert say(enter(driss), work, "One").status_code == 403
    HouseRules.objects.create(site=work.site, policy="open", close_after_days=0)
    assert say(enter(driss), work, "Two").status_code == 302
    HouseRules.objects.create(site=work.site, kind="videos", policy="closed")
    assert say(enter(driss), work, "Three").status_code == 403
    other = make_work(site=make_site("cinema"), author=work.author)
    assert say(enter(driss), other, "Four").status_code == 403


def test_who_is_blocked_is_told_so(work: Work, driss: Any, chloe: Any) -> None:
    Block.objects.create(channel=work.channel, person=driss, by=chloe)
    assert "its owner has blocked you" in page(enter(driss), work)
    assert say(enter(driss), work, "Again").status_code == 403


def test_a_stranger_is_invited_and_an_empty_page_is_friendly(work: Work) -> None:
    html = page(enter(), work)
    assert "to say something" in html
    assert "Nobody has said anything yet." in html


def test_the_questions_do_not_grow_with_the_discussion(work: Work, chloe: Any, driss: Any) -> None:
    def asked(person: Any) -> int:
        client = enter(person)
        for _ in range(2):  # the first one reads what a process reads once
            page(client, work)
        with CaptureQueriesContext(connection) as captured:
            page(client, work)
        return len(captured)

    first = make_comment(work, author=driss)
    make_comment(work, author=chloe, root=first, answers=first, place=1)
    Comment.objects.filter(pk=first.pk).update(answer_count=1)
    few = asked(None), asked(chloe)
    everybody = [make_person(name=f"Person {number}", email=f"p{number}@bouquet.example") for number in range(20)]
    for number in range(200):
        root = make_comment(work, author=everybody[number % 20])
        make_comment(work, author=everybody[number % 19], root=root, answers=root, place=1)
    Comment.objects.filter(root=None).update(answer_count=1)
    many = asked(None), asked(chloe)
    assert few == many
    assert many[0] <= 7
    assert many[1] <= 16
