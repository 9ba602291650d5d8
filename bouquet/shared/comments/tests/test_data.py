"""A person takes what they said away, or is forgotten; lists are read from their indexes."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bouquet.shared.comments.actions import add_comment, like_comment, report_comment
from bouquet.shared.comments.models import Comment, Report
from bouquet.shared.comments.panel import ORDERS
from bouquet.shared.comments.personal_data import erase_comments, export_comments
from bouquet.shared.comments.tests.make import enter, make_comment, page
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.test_indexes import plan_of
from bouquet.toolkit.pages import keyset_page

pytestmark = pytest.mark.django_db


def test_a_person_takes_their_words_away(work: Work, chloe: Any, driss: Any) -> None:
    comment = make_comment(work, author=driss, text="My words.")
    liked = make_comment(work, author=chloe)
    like_comment(liked, by=driss)
    report_comment(liked, by=driss, why="other", words="hm")
    data = json.loads(json.dumps(export_comments(driss), cls=DjangoJSONEncoder))
    assert data["comments"][0]["text"] == "My words."
    assert data["comments"][0]["address"].endswith(f"/comments/{comment.uid}/")
    assert len(data["likes"]) == len(data["reports"]) == 1


def test_who_is_forgotten_leaves_empty_lines_where_others_answered(work: Work, chloe: Any, driss: Any) -> None:
    alone = make_comment(work, author=driss, text="Alone.")
    asked, _new = add_comment(work, by=driss, text="A secret of mine.")
    add_comment(work, by=chloe, text="An answer.", answers=asked)
    theirs = make_comment(work, author=chloe, text="Something else.")
    like_comment(theirs, by=driss)
    report_comment(asked, by=chloe, why="other")
    erase_comments(driss)
    assert not Comment.objects.filter(pk=alone.pk).exists()
    asked.refresh_from_db()
    assert (asked.text, asked.author) == ("", None)
    theirs.refresh_from_db()
    work.refresh_from_db()
    assert (theirs.likes, work.comment_count) == (0, 2)
    assert Report.objects.get().said == ""
    html = page(enter(), work)
    assert "An answer." in html and "went with its author’s account" in html
    assert "secret" not in html and "Driss" not in html


@pytest.mark.parametrize("order", ORDERS)
def test_a_page_of_threads_is_read_from_its_index(work: Work, driss: Any, order: str) -> None:
    for _ in range(3):
        make_comment(work, author=driss)
    threads = Comment.objects.filter(work=work.pk, listed=True).select_related("author")
    cursor = keyset_page(threads, "", 2, by=ORDERS[order]).next_cursor
    for place in ("", cursor):
        with CaptureQueriesContext(connection) as captured:
            keyset_page(threads, place, 2, by=ORDERS[order])
        plan = plan_of(captured[0]["sql"])
        assert re.search(r"\bcomments_(newest|liked)\b", plan), plan
        assert not re.search(r"TEMP B-TREE|\bSort\b", plan), plan


def test_the_answers_of_a_page_are_read_from_their_index(work: Work, driss: Any) -> None:
    root = make_comment(work, author=driss)
    answers = Comment.objects.filter(root__in=[root.pk], place__lte=2, shown=True).order_by("root", "place")
    assert "comments_thread" in plan_of(_sql(answers))


def _sql(rows: Any) -> str:
    with CaptureQueriesContext(connection) as captured:
        list(rows)
    return str(captured[0]["sql"])
