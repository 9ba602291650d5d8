"""What people are told: once, to the right person, in their language, the way they chose."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from bouquet.shared.notifications.actions import notify, set_preferences
from bouquet.shared.notifications.kinds import NoticeKind, all_notice_kinds
from bouquet.shared.notifications.models import Notice, unread_count
from bouquet.shared.notifications.tasks import mail_notice
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setitem(all_notice_kinds(), "test.met", NoticeKind(title="%(name)s met you", label="Somebody met me"))
    monkeypatch.setitem(
        all_notice_kinds(), "test.post", NoticeKind(title="A letter: %(title)s", label="A letter came", mail=True)
    )


def test_the_same_news_is_told_once(chloe, driss):
    assert notify(chloe, "test.met", key="met:1", name="Driss")
    assert notify(chloe, "test.met", key="met:1", name="Driss") is None
    assert notify(driss, "test.met", key="met:1", name="Chloé")
    assert notify(chloe, "test.met", name="Driss")
    assert notify(chloe, "test.met", name="Driss")
    assert Notice.objects.of(chloe).count() == 3


def test_words_are_never_an_error(chloe):
    assert notify(chloe, "test.met").title == "… met you"
    assert notify(chloe, "test.met", name="100 % %(x)s").title == "100 % %(x)s met you"
    assert notify(chloe, "nobody.knows").title


def test_a_mail_goes_once_where_it_is_wanted(chloe, driss, main_site):
    set_preferences(driss, {"test.post": (True, False), "unknown": (True, True)})
    notice = notify(chloe, "test.post", url="/videos/1/", title="line\nBcc: all@example.org")
    notify(driss, "test.post", title="no mail")
    notify(chloe, "test.met", name="Driss")
    run_all_tasks()
    mail_notice.call(notice.pk)
    assert [message.to for message in mail.outbox] == [[chloe.email]]
    assert "\n" not in mail.outbox[0].subject
    assert f"{main_site.url}/videos/1/" in mail.outbox[0].body


def test_who_wants_nothing_hears_nothing_and_who_wants_only_mail_has_no_badge(chloe):
    set_preferences(chloe, {"test.met": (False, False), "test.post": (False, True)})
    assert notify(chloe, "test.met", name="Driss") is None
    assert notify(chloe, "test.post", title="x")
    run_all_tasks()
    assert len(mail.outbox) == 1
    assert unread_count(chloe) == 0


def test_the_page_shows_mine_and_marks_them_read(client, chloe, driss, site):
    notice = notify(chloe, "test.met", url="/videos/", name="<b>Driss</b>")
    notify(driss, "test.met", name="Secret")
    client.force_login(chloe)
    text = client.get("/notices/", headers={"host": site.host}).content.decode()
    assert "&lt;b&gt;Driss&lt;/b&gt; met you" in text
    assert "Secret" not in text
    assert client.get(f"/notices/{notice.pk}/", headers={"host": site.host}).url == "/videos/"
    assert unread_count(chloe) == 0
    others = Notice.objects.of(driss).get()
    assert client.get(f"/notices/{others.pk}/", headers={"host": site.host}).status_code == 404
    notify(chloe, "test.met", name="Ada")
    client.post("/notices/reading", headers={"host": site.host})
    assert (unread_count(chloe), unread_count(driss)) == (0, 1)


def test_the_badge_is_one_query_and_a_stranger_none(chloe):
    notify(chloe, "test.met", name="Driss")
    with CaptureQueriesContext(connection) as captured:
        assert unread_count(chloe) == 1
    assert len(captured) == 1


def test_choosing_how_to_be_told(client, chloe, site):
    client.force_login(chloe)
    page = client.get("/me/notices/", headers={"host": site.host})
    assert "A letter came" in page.content.decode()
    client.post("/me/notices/", {"tell": ["test.met:page", "test.met:mail"]}, headers={"host": site.host})
    rows = {row["name"]: row for row in client.get("/me/notices/", headers={"host": site.host}).context["rows"]}
    assert (rows["test.met"]["on_page"], rows["test.met"]["by_mail"]) == (True, True)
    assert (rows["test.post"]["on_page"], rows["test.post"]["by_mail"]) == (False, False)


def test_every_apps_words_can_be_filled():
    for name, kind in all_notice_kinds().items():
        for language in ("en", "fr"):
            with translation.override(language):
                assert kind.words({}), name
