"""What colleagues do with a page of one's own is told: sent back with its reason, approved, noted, settled."""

import json

import pytest

from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_section
from bouquet.kinds.articles.tests.test_publishing import desk, form_of
from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.notifications.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(basile, chloe, driss):
    site = make_newsroom()
    appoint_editor(site, basile)
    appoint_editor(site, chloe, moderator=True)
    return make_article(make_section(site), publish=False, by=basile)


def told(person):
    """The newest first."""
    return [(notice.kind.partition(".")[2], str(notice.title)) for notice in Notice.objects.of(person).order_by("-pk")]


def post(person, page, **more):
    return desk(person).post(f"/admin/pages/{page.pk}/edit/", form_of(page) | more)


def note(page, row="", words="Which ferry?", **more):
    form = {"id": row, "text": words, "contentpath": "lead", "position": "", "deleted": "", "resolved": ""}
    answers = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}
    sent = {f"comments-0-{name}": value for name, value in form.items()}
    sent |= {f"comments-0-replies-{name}": value for name, value in answers.items()}
    return sent | {"comments-TOTAL_FORMS": 1, "comments-INITIAL_FORMS": 1 if row else 0} | more


def test_who_submits_hears_what_the_desk_says_and_the_desk_that_it_has_something_to_read(page, basile, chloe, driss):
    assert post(basile, page, **{"action-submit": "1"}).status_code == 302
    assert told(chloe) == [("submitted", "Basile submits “The harbour at dawn” to you")]
    assert told(basile) == told(driss) == []
    back = {"action-workflow-action": "1", "workflow-action-name": "reject"}
    reason = {"workflow-action-extra-data": json.dumps({"comment": "Which <b>ferry?"})}
    assert post(chloe, page, **(back | reason)).status_code == 302
    assert told(basile) == [("sent_back", "Chloé asks for changes to “The harbour at dawn”: Which <b>ferry?")]
    editor = desk(basile).get(f"/admin/pages/{page.pk}/edit/").text
    assert "Chloé asked for changes" in editor and "Which &lt;b&gt;ferry?" in editor and "<b>ferry" not in editor
    assert post(basile, page, **{"action-submit": "1"}).status_code == 302
    post(chloe, page, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    assert told(basile)[0] == ("approved", "Chloé has approved “The harbour at dawn”")
    page.refresh_from_db()
    assert page.live and "asked for changes" not in desk(basile).get(f"/admin/pages/{page.pk}/edit/").text
    notice = Notice.objects.of(basile).latest("pk")
    assert notice.url == f"{page.site.url}/admin/pages/{page.pk}/edit/"


def test_notes_in_a_text_are_told_to_who_wrote_it_and_to_who_takes_part(page, basile, chloe):
    post(chloe, page, **note(page))
    assert told(basile) == [("note", "Chloé left a note in “The harbour at dawn”: Which ferry?")] and told(chloe) == []
    row = page.wagtail_admin_comments.get()
    answer = {"id": "", "text": "The last one.", "deleted": ""}
    sent = note(page, row.pk) | {f"comments-0-replies-0-{name}": value for name, value in answer.items()}
    post(basile, page, **(sent | {"comments-0-replies-TOTAL_FORMS": 1}))
    assert told(chloe) == [("note_answered", "Basile answers a note in “The harbour at dawn”: The last one.")]
    settled = note(page, row.pk, **{"comments-0-resolved": "1"})
    post(basile, page, **settled)
    assert told(chloe)[0] == ("note_settled", "Basile has settled your note in “The harbour at dawn”")
    assert len(told(chloe)) == 2 and len(told(basile)) == 1


def test_nobody_is_told_of_a_page_that_they_may_not_open_any_more(page, basile, chloe):
    basile.groups.clear()
    post(chloe, page, **note(page))
    assert told(basile) == []
