"""A live from the desk: an entry is out with one button, mended, pinned, and the live is closed."""

import re
from datetime import timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from bouquet.kinds.articles.models import ArticlePage
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_section, visit
from bouquet.kinds.articles.tests.test_publishing import desk, form_of
from bouquet.shared.network.actions import appoint_editor

pytestmark = pytest.mark.django_db
NAMES = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(9)]


@pytest.fixture
def page(db):
    return make_article(make_section(make_newsroom()), form="live", body=[("text", "<p>The count has begun.</p>")])


def written(words):
    """What the desk's editor of text sends."""
    line = '{"key": "a", "type": "unstyled", "text": "%s", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}'
    return '{"blocks": [%s], "entityMap": {}}' % (line % words)


def entries_of(page):
    return visit(page).text.partition('id="live"')[2]


def put(client, page, number, words, **more):
    asked = {"name": NAMES[number], "title": "", "text": written(words)} | more
    return client.post(f"/admin/articles/{page.pk}/live/", asked)


def test_an_entry_is_out_at_once_and_only_once_when_it_is_sent_twice(page, ada):
    client = desk(ada)
    for _time in range(2):
        assert put(client, page, 1, "The doors open.", title="Eight o’clock").status_code == 302
    text = visit(page).text
    assert len(re.findall(r'id="entry-[0-9a-f]{8}"', text)) == 1 and "Eight o’clock" in text
    assert 'data-going-on data-controller="refresh"' in text


def test_what_is_pinned_is_read_first_and_what_was_wrong_is_said(page, ada):
    client = desk(ada)
    put(client, page, 1, "Parking is free.", pinned="on")
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(minutes=5)):
        put(client, page, 2, "Bass at 24 euros.")
    shown = entries_of(page)
    assert shown.index("Parking is free.") < shown.index("Bass at 24 euros.") and "To remember" in shown
    client.post(f"/admin/articles/{page.pk}/live/{NAMES[1]}/pin/", {"pinned": "no"})
    shown = entries_of(page)
    assert shown.index("Bass at 24 euros.") < shown.index("Parking is free.") and "To remember" not in shown
    amended = {"name": NAMES[2], "title": "", "text": written("Bass at 26 euros."), "corrected": "It was 26, not 24."}
    client.post(f"/admin/articles/{page.pk}/live/{NAMES[2]}/", amended)
    shown = visit(page).text
    assert "Bass at 26 euros." in shown and "Bass at 24 euros." not in shown and "It was 26, not 24." in shown
    client.post(f"/admin/articles/{page.pk}/live/{NAMES[1]}/removal/")
    assert "Parking is free." not in visit(page).text


def test_a_live_that_is_ended_says_so_until_it_goes_on(page, ada):
    client = desk(ada)
    put(client, page, 1, "All is counted.")
    client.post(f"/admin/articles/{page.pk}/live/end/", {"over": "yes"})
    over = visit(page).text
    assert "This live is over" in over and 'data-controller="refresh"' not in over
    put(client, page, 2, "One more thing.")
    assert 'data-controller="refresh"' in visit(page).text
    client.post(f"/admin/articles/{page.pk}/live/end/", {"over": "yes"})
    client.post(f"/admin/articles/{page.pk}/live/end/", {"over": "no"})
    assert 'data-controller="refresh"' in visit(page).text


def test_of_two_entries_in_one_second_the_later_is_the_last(page, ada):
    client = desk(ada)
    with patch("django.utils.timezone.now", return_value=timezone.now()):
        for number, words in ((1, "First."), (2, "Second.")):
            put(client, page, number, words)
        client.post(f"/admin/articles/{page.pk}/live/end/", {"over": "yes"})
        shown = entries_of(page)
        assert shown.index("Second.") < shown.index("First.") and "This live is over" in shown
        put(client, page, 3, "It goes on.")
        assert 'data-controller="refresh"' in visit(page).text


def test_the_newest_entry_ends_it_whatever_clock_it_was_written_by(page, ada):
    """The editor of the whole article keeps hours as the desk's own clock has them."""
    earlier = (timezone.now() - timedelta(minutes=30)).astimezone(ZoneInfo("Pacific/Auckland"))
    page.body.append(("entry", {"at": earlier, "title": "Earlier", "text": "<p>Before.</p>"}))
    page.save_revision().publish()
    put(desk(ada), page, 1, "The last word.")
    desk(ada).post(f"/admin/articles/{page.pk}/live/end/", {"over": "yes"})
    assert "This live is over" in visit(page).text


def test_a_draft_of_the_whole_article_stays_a_draft_and_keeps_the_entry(page, ada):
    client = desk(ada)
    client.post(f"/admin/pages/{page.pk}/edit/", form_of(page, form="live", title="Not for readers yet"))
    put(client, page, 1, "The doors open.")
    shown = visit(page).text
    assert "The doors open." in shown and "Not for readers yet" not in shown
    draft = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.title == "Not for readers yet" and [block.id for block in draft.body if block.block_type == "entry"]


def test_who_may_not_publish_puts_nothing_out(page, basile, driss):
    appoint_editor(page.site, basile)
    for person in (basile, driss):
        assert put(desk(person), page, 1, "Not mine to say.").status_code in (302, 403, 404)
    assert "Not mine to say." not in visit(page).text


def test_an_entry_without_an_hour_has_the_one_at_which_it_is_kept(page, ada):
    """The form of the whole article may have stood open since the morning."""
    block = {"type": "entry", "id": "", "order": 0, "deleted": "", "value-at": "", "value-title": "Late"}
    block |= {"value-text": written("At last."), "value-corrected": ""}
    body = {"body-count": 1} | {f"body-0-{name}": value for name, value in block.items()}
    before = timezone.now() - timedelta(seconds=1)
    desk(ada).post(f"/admin/pages/{page.pk}/edit/", form_of(page, form="live") | body | {"action-publish": "1"})
    entry = ArticlePage.objects.get(pk=page.pk).body[0]
    assert before <= entry.value["at"] <= timezone.now() and "At last." in visit(page).text


def test_the_first_screen_leads_to_what_goes_on(page, ada, basile):
    appoint_editor(page.site, basile)
    address = f"/admin/articles/{page.pk}/live/"
    assert address in desk(ada).get("/admin/").text
    assert address not in desk(basile).get("/admin/").text
