"""What the machine proposes, and why; what it never does."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.utils import timezone

from bouquet.kinds.articles.tests.make import make_article, make_section
from bouquet.kinds.newsletters import actions
from bouquet.kinds.newsletters.actions import NotNow
from bouquet.kinds.newsletters.clock import dues_between
from bouquet.kinds.newsletters.drafting.summary import summary_of
from bouquet.kinds.newsletters.models import Issue, Newsletter
from bouquet.kinds.newsletters.tasks import draft_due
from bouquet.kinds.newsletters.tests.make import make_issue, make_letter, make_story
from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.notifications.models import Notice
from bouquet.shared.works.actions import set_availability
from bouquet.shared.works.models import Work
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


def titles(issue: Issue) -> list[str]:
    return [item.title for item in issue.items.order_by("position")]


def test_each_choice_says_why_in_words(db):
    letter = make_letter(scoring="seen")
    channel = make_story(letter.site, "Much read", views_lately=900).channel
    make_story(letter.site, "Read less", views_lately=12, channel=channel)
    issue = actions.draft_issue(letter)
    assert titles(issue) == ["Much read", "Read less"]
    first, second = issue.items.all()
    assert first.why == "Most read of the week in Atelier (900)" and second.why == "Much read this week in Atelier (12)"
    assert first.summary.startswith("The ferry left") and issue.subject == "Much read"


def test_only_what_anybody_anywhere_may_see_is_chosen(db):
    letter = make_letter(number=10)
    make_story(letter.site, "Open")
    make_story(letter.site, "Members only", visibility=Work.Visibility.MEMBERS)
    make_story(letter.site, "Draft", state=Work.State.DRAFT)
    make_story(letter.site, "Too old", hours=24 * 30)
    make_story(letter.site, "For adults", rating=18)
    make_story(make_site("other"), "Another site's")
    set_availability(make_story(letter.site, "France only"), territories=["FR"])
    assert titles(actions.draft_issue(letter)) == ["Open"]


def test_a_work_is_told_once_in_so_many_issues(db):
    letter = make_letter(never_again=2)
    make_story(letter.site, "First")
    assert titles(actions.draft_issue(letter)) == ["First"]
    with pytest.raises(NotNow):
        actions.draft_issue(letter)
    make_story(letter.site, "Second")
    cancelled = actions.draft_issue(letter)
    actions.cancel_issue(cancelled)  # what was never sent was never told
    assert titles(actions.draft_issue(letter)) == ["Second"]
    make_story(letter.site, "Third")
    actions.draft_issue(letter)
    make_story(letter.site, "Fourth")
    assert titles(actions.draft_issue(letter)) == ["Fourth", "First"]


def test_sections_and_themes_narrow_and_mix(db):
    site = make_site("magazine", front=True, kinds=["articles", "newsletters"])
    culture, sport = make_section(site), make_section(site, "Sport")
    for number in range(4):
        make_article(culture, title=f"Culture {number}", themes="Opera" if number == 1 else "")
    make_article(sport, title="Rowing")
    letter = make_letter(site, number=3, most_of_one=1, scoring="latest")
    issue = actions.draft_issue(letter)
    assert [item.title for item in issue.items.all()][:2] == ["Rowing", "Culture 3"]
    assert "more of this section" in issue.items.last().why
    letter.sections, letter.never_again = "sport", 1
    letter.save()
    actions.cancel_issue(issue)
    assert titles(actions.draft_issue(letter)) == ["Rowing"]
    other = make_letter(site, name="Themes", themes="opera")
    assert titles(actions.draft_issue(other)) == ["Culture 1"]


def test_a_summary_is_made_of_the_works_own_sentences(db):
    text = (
        "It rained. The lighthouse of Combe was built in 1863 by four brothers. Visitors come in summer and eat. "
        "The lighthouse needs a new lamp, and the brothers' heirs will pay for the lamp. Somebody sang that night."
    )
    work = make_story(make_site(), "A lamp for the lighthouse", summary="")
    said = summary_of(work, text)
    assert "The lighthouse needs a new lamp" in said and len(said) <= 320
    assert all(sentence.strip() in text for sentence in said.split(". ") if sentence)
    work.summary = "Short"
    assert summary_of(work, "") == "Short"
    work.summary = "A lead that is long enough to be one. " * 20
    assert len(summary_of(work, text)) <= 320 and summary_of(work, text).endswith(".")


@pytest.fixture
def writer(settings):
    """A server like OpenAI's; `say` is its answer, a number is a status."""

    class Machine(BaseHTTPRequestHandler):
        say: Any = "Two sentences. By a machine."

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status = Machine.say if isinstance(Machine.say, int) else 200
            body = json.dumps({"choices": [{"message": {"content": Machine.say}}]}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Machine)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.WRITER_URL, settings.WRITER_MODEL = f"http://127.0.0.1:{server.server_port}/v1", "small-model"
    yield Machine
    server.shutdown()
    server.server_close()


def test_a_writing_machine_is_marked_until_a_person_rewrites_it(writer):
    issue = make_issue(stories=1)
    item = issue.items.get()
    assert item.summary == "Two sentences. By a machine." and item.machine == "small-model" == issue.machine
    actions.change_issue(issue, {}, {item.pk: {"summary": "My own."}})
    item.refresh_from_db()
    assert item.machine == "" and item.summary == "My own."


def test_a_machine_that_fails_is_replaced_by_the_works_own_words(writer):
    writer.say = 500
    issue = make_issue(stories=2)
    assert all(item.summary.startswith("The ferry") and not item.machine for item in issue.items.all())
    assert issue.notes[0]["code"] == "writer_failed" and issue.machine == ""


def on_clock(**changes: Any) -> Newsletter:
    return Newsletter(**({"weekdays": [6], "time_zone": "Europe/Paris"} | changes))


def test_a_changed_clock_neither_skips_nor_doubles_an_issue():
    """29 March 2026: 2:30 does not exist in Paris; 25 October: it comes twice."""
    spring = on_clock(hour=datetime(2026, 1, 1, 2, 30).time())
    first, last = datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC)
    assert list(dues_between(spring, first, last)) == [datetime(2026, 3, 29, 1, 30, tzinfo=UTC)]
    first, last = datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC)
    assert list(dues_between(spring, first, last)) == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]
    seven = on_clock(hour=datetime(2026, 1, 1, 7).time(), weekdays=[0])
    weeks = list(dues_between(seven, datetime(2026, 10, 18, tzinfo=UTC), datetime(2026, 10, 27, tzinfo=UTC)))
    assert [due.hour for due in weeks] == [5, 6]  # seven o'clock before and after


def test_the_clock_drafts_each_hour_once_and_tells_the_editors(chloe):
    site = make_site("magazine", front=True, kinds=["newsletters"])
    appoint_editor(site, chloe)
    soon = timezone.localtime() + timedelta(hours=2)
    letter = make_letter(site, is_running=True, weekdays=[soon.weekday()], hour=soon.time().replace(microsecond=0))
    make_story(site)
    for _time in range(2):
        draft_due.enqueue()
        run_all_tasks()
    issue = letter.issues.get()
    assert issue.state == Issue.State.DRAFT and abs(issue.due_at - soon) < timedelta(seconds=2)
    notice = Notice.objects.get(person=chloe)
    assert "waits for your verification" in notice.title and issue.uid in notice.url
