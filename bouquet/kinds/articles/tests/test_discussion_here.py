"""What is particular about comments below articles."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bouquet.kinds.articles.models import Article
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_section, visit
from bouquet.shared.comments.models import Comment
from bouquet.shared.comments.tests.make import make_comment
from bouquet.shared.network.actions import appoint_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db):
    return make_section(make_newsroom())


def say(page, person, text):
    client = Client(headers={"host": page.site.host})
    client.force_login(person)
    return client.post(f"/works/{page.uid}/comments/", {"text": text})


def test_a_newcomers_first_comment_waits_and_the_form_says_so(section, driss, basile):
    page = make_article(section)
    appoint_editor(section.site, basile)
    assert "You are new here: the first comments of everybody are read" in visit(page, person=driss).text
    say(page, driss, "My first.")
    comment = Comment.objects.get()
    assert (comment.state, comment.held_for) == ("held", ["newcomer"])
    assert "My first." in visit(page, person=driss).text and "My first." not in visit(page).text
    desk = visit("/admin/comments/?shelf=held", section.site, basile).text
    assert "My first." in desk and "one of its author’s first comments" in desk
    say(page, basile, "From the desk.")
    assert Comment.objects.get(text="From the desk.").is_live
    assert "Team" in visit(page).text


def test_an_article_of_25_months_takes_no_comment_and_shows_what_was_said(section, driss):
    page = make_article(section, published_at=timezone.now() - timedelta(days=25 * 31))
    make_comment(Article.objects.get(page=page), author=driss, text="Said in time.")
    answer = say(page, driss, "Too late.")
    assert answer.status_code == 403 and "discussions here are open for a limited time" in answer.text
    text = visit(page).text
    assert "Said in time." in text and "Comments closed on" in text and "data-answer " not in text
    assert Comment.objects.count() == 1


def test_the_desk_gives_an_article_a_day_of_its_own(section, driss):
    page = make_article(section, comments_close_at=timezone.now() + timedelta(days=3))
    assert "Comments on this article close on" in visit(page).text
    page.comments_close_at = timezone.now() - timedelta(days=1)
    page.save_revision().publish()
    assert "the day set for this discussion" in visit(page).text
    assert say(page, driss, "Too late.").status_code == 403
