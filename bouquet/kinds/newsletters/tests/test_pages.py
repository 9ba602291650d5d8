"""What readers find on the web, what the desk shows, what programs get."""

from __future__ import annotations

import pytest
from django.core import mail

from bouquet.kinds.newsletters import actions
from bouquet.kinds.newsletters.commands import newsletter as command
from bouquet.kinds.newsletters.models import Issue, Newsletter, Subscription, Suppression
from bouquet.kinds.newsletters.tests.make import (
    make_issue,
    make_letter,
    make_readers,
    make_story,
    make_verified,
    visit,
)
from bouquet.shared.fronts.models import FrontPage
from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.works.actions import set_availability
from bouquet.shared.works.models import Work
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(ada) -> Issue:
    issue = make_verified(ada)
    make_readers(issue.newsletter, 1)
    actions.send_now(issue)
    run_all_tasks()
    issue.refresh_from_db()
    return issue


def test_what_was_sent_is_read_on_the_web(sent, django_assert_max_num_queries):
    letter, site = sent.newsletter, sent.site
    assert letter.name in visit("/newsletters/", site).text
    page = visit(letter.path, site).text
    assert "Story 1 · Story 2" in page and sent.path in page
    with django_assert_max_num_queries(12):
        page = visit(sent.path, site).text
    assert "Story 2" in page and "The ferry left" in page and "by Ada" in page
    feed = visit(f"{letter.path}rss.xml", site)
    assert feed["Content-Type"].startswith("application/rss+xml") and "Story 1" in feed.text
    for path in (
        "/newsletters/none/",
        f"{letter.path}99/",
        f"{letter.path}99999999999999999999/",
        "/newsletters/none/rss.xml",
    ):
        assert visit(path, site).status_code == 404, path


def test_a_draft_is_nobodys_to_read(ada):
    issue = make_verified(ada)
    assert visit(issue.path, issue.site).status_code == 404
    assert issue.subject not in visit(issue.newsletter.path, issue.site).text
    assert visit("/newsletters/", make_site("video")).status_code == 404


def test_the_archive_shows_only_what_this_reader_may_see_here(sent, monkeypatch):
    set_availability(Work.objects.get(title="Story 2"), territories=["BE"])
    page = visit(sent.path, sent.site).text
    assert "Story 1" in page and "Story 2" not in page
    assert "Story 2" not in visit(sent.newsletter.path, sent.site).text
    assert "Story 2" not in visit(f"{sent.newsletter.path}rss.xml", sent.site).text
    assert "Story 2" not in visit(f"/api/v1/newsletter-issues/{sent.uid}", sent.site).text


def test_what_is_typed_into_an_issue_stays_words(ada):
    letter = make_letter()
    make_story(letter.site, "<script>alert(1)</script>", summary="<img src=x onerror=alert(1)> " * 4)
    issue = actions.draft_issue(letter)
    actions.change_issue(issue, {"intro": "<b onclick=x>Hi</b> javascript:alert(1)", "subject": "<i>Bold</i>"}, {})
    actions.verify_issue(issue, by=ada)
    make_readers(letter, 1)
    actions.send_now(issue)
    run_all_tasks()
    html = mail.outbox[0].alternatives[0][0]
    for text in (html, visit(issue.path, issue.site).text):
        assert "<script>alert" not in text and "<img src=x" not in text and "<b onclick" not in text


def test_a_front_page_offers_to_subscribe(ada):
    site = make_site("magazine", front=True, kinds=["newsletters"])
    letter = make_letter(site)
    front = FrontPage.objects.get(pk=site.wagtail_site.root_page_id)
    front.body = [("newsletters_sign_up_block", {"title": "By mail", "letter": ""})]
    front.save_revision().publish()
    page = visit("/", site).text
    assert "By mail" in page and f"{letter.path}subscription/" in page
    Newsletter.objects.update(is_open=False)
    assert "By mail" not in visit("/", site).text


@pytest.fixture
def desk(chloe):
    """Chloé edits the magazine; another site has a letter of its own."""
    make_main_site()
    site = make_site("magazine", front=True, kinds=["videos", "newsletters"])
    appoint_editor(site, chloe)
    return make_letter(site)


def test_an_editor_takes_an_issue_from_the_recipe_to_its_readers(desk, chloe):
    make_readers(desk, 2)
    story = make_story(desk.site, "The harbour at dawn")
    make_story(desk.site, "A piano on board")
    base = "/admin/newsletters/"
    assert desk.name in visit(base, desk.site, chloe).text
    answer = visit(f"{base}{desk.uid}/drafting/", desk.site, chloe, data={})
    issue = desk.issues.get()
    here = f"{base}issues/{issue.uid}/"
    assert answer["Location"] == here
    page = visit(here, desk.site, chloe).text
    assert "verify as Chloé" in page and "Among the latest in" in page and 'type="submit" disabled' not in page
    items = list(issue.items.all())
    words = {"subject": "What the harbour leaves", "intro": "Good morning.", "before": "", "after": ""}
    for item in items:
        words |= {
            f"item-{item.pk}-title": item.title,
            f"item-{item.pk}-summary": "Rewritten.",
            f"item-{item.pk}-alt": "",
        }
    visit(here, desk.site, chloe, data=words | {"do": f"down:{items[0].pk}"})
    issue.refresh_from_db()
    assert issue.subject == "What the harbour leaves" and issue.items.first() == items[1]
    assert issue.items.first().summary == "Rewritten."
    late = make_story(desk.site, "Late news")
    assert "Late news" in visit(f"{here}?q=late", desk.site, chloe).text
    visit(f"{here}works/", desk.site, chloe, data={"work": late.uid})
    assert issue.items.count() == 3 and issue.items.last().why == "Added by an editor"
    mail_page = visit(f"{here}mail/", desk.site, chloe)
    assert "Late news" in mail_page.text and "script-src" not in mail_page["Content-Security-Policy"]
    assert "sandbox" in mail_page["Content-Security-Policy"] and mail_page["X-Frame-Options"] == "SAMEORIGIN"
    assert "Late news" in visit(f"{here}text/", desk.site, chloe).text
    visit(f"{here}sending/", desk.site, chloe, data={})
    run_all_tasks()
    assert [each.to for each in mail.outbox] == [[chloe.email]]  # she was told of the draft; no reader got anything
    visit(f"{here}verification/", desk.site, chloe, data={})
    issue.refresh_from_db()
    assert (issue.state, issue.checked_by) == ("checked", chloe)
    visit(f"{here}schedule/", desk.site, chloe, data={"at": "2020-01-01T07:00"})
    issue.refresh_from_db()
    assert issue.state == "scheduled" and issue.scheduled_for.hour == 6  # seven o'clock in Paris
    visit(f"{here}sending/", desk.site, chloe, data={})
    run_all_tasks()
    assert len(mail.outbox) == 1 + 2
    page = visit(here, desk.site, chloe).text
    assert "2 of 2" in page and "accepted by the mail server" in page
    assert story.pk


def test_other_peoples_lists_do_not_exist(desk, chloe, driss, ada):
    foreign = make_issue(make_letter(make_site("other", kinds=["newsletters", "videos"]), name="Foreign"))
    here = f"/admin/newsletters/issues/{foreign.uid}/"
    assert visit(here, desk.site, chloe).status_code == 404
    assert visit(f"{here}verification/", desk.site, chloe, data={}).status_code == 404
    assert visit(f"/admin/newsletters/{foreign.newsletter.uid}/readers.csv", desk.site, chloe).status_code == 404
    assert visit(here, desk.site, driss).status_code == 404
    assert visit(here, desk.site, ada).status_code == 200


def test_lists_readers_and_suppressions_on_the_desk(desk, chloe):
    base = "/admin/newsletters/"
    form = {
        "site": desk.site.pk, "name": "Monday", "slug": "monday", "language": "fr", "sender_name": "M",
        "window_days": 7, "number": 5, "most_of_one": 2, "scoring": "seen", "never_again": 4,
        "is_running": "on", "weekdays": ["0"],
        "hour": "07:30", "time_zone": "Europe/Paris", "lead_hours": 6, "is_open": "on",
    }  # fmt: skip
    wrong = visit(f"{base}new/", desk.site, chloe, data=form | {"weekdays": [], "time_zone": "Mars/Olympus"})
    assert "Which days?" in wrong.text and "Mars/Olympus" in wrong.text
    visit(f"{base}new/", desk.site, chloe, data=form)
    made = Newsletter.objects.get(slug="monday")
    assert made.running_since and made.rhythm.startswith("Monday at")
    assert "Monday" in visit(f"{base}{made.uid}/", desk.site, chloe).text
    assert visit(f"{base}{made.uid}/recipe/", desk.site, chloe).status_code == 200
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("list.csv", b"email\none@readers.example\nbroken\n")
    said = visit(f"{base}{made.uid}/readers/import/", desk.site, chloe, data={"file": file, "proof": "Fair of 12 May"})
    assert "no address" in said.text and Subscription.objects.filter(newsletter=made).count() == 1
    table = visit(f"{base}{made.uid}/readers.csv", desk.site, chloe)
    assert b"one@readers.example,active,import" in b"".join(table.streaming_content)
    visit(f"{base}suppressed/", desk.site, chloe, data={"address": "one@readers.example", "reason": "complaint"})
    row = Suppression.objects.get()
    assert "one@readers.example" in visit(f"{base}suppressed/?q=one", desk.site, chloe).text
    visit(f"{base}suppressed/{row.pk}/lifting/", desk.site, chloe, data={})
    assert not Suppression.objects.exists()


def test_programs_read_the_archive_and_ask_for_a_list(sent):
    site, letter = sent.site, sent.newsletter
    (one,) = visit("/api/v1/newsletters?site=magazine", site).json()["newsletters"]
    assert one["id"] == letter.uid and one["url"] == letter.address
    issues = visit(f"/api/v1/newsletters/{letter.uid}/issues", site).json()
    assert issues["issues"][0]["titles"] == ["Story 1", "Story 2"] and issues["next_cursor"] is None
    shown = visit(f"/api/v1/newsletter-issues/{sent.uid}", site).json()
    assert shown["verified_by"] == "Ada" and [item["title"] for item in shown["items"]] == ["Story 1", "Story 2"]
    more = {"content_type": "application/json"}
    where = f"/api/v1/newsletters/{letter.uid}/subscriptions"
    assert visit(where, site, data={"address": "api@readers.example"}, **more).status_code == 202
    bad = visit(where, site, data={"address": "nonsense"}, **more)
    assert bad.status_code == 422 and bad["Content-Type"] == "application/problem+json"
    assert visit("/api/v1/newsletters/none/issues", site).status_code == 404
    assert Subscription.objects.get(subscriber__address="api@readers.example").source == "api"


def test_the_command_drafts_and_sends_only_what_was_verified(ada, tmp_path):
    from click.testing import CliRunner

    letter = make_letter()
    make_story(letter.site)
    make_readers(letter, 1)
    run = CliRunner().invoke
    assert letter.slug in run(command, ["list"]).output
    said = run(command, ["draft", letter.slug])
    assert "The harbour at dawn" in said.output and "Among the latest" in said.output
    refused = run(command, ["send", letter.slug])
    assert refused.exit_code == 1 and "Only a verified issue" in refused.output
    actions.verify_issue(letter.issues.get(), by=ada)
    assert run(command, ["send", letter.slug]).exit_code == 0
    file = tmp_path / "bounces.txt"
    file.write_text("reader0@readers.example, 5.1.1\n")
    assert "1\tsuppressed" in run(command, ["bounces", str(file)]).output
    assert run(command, ["draft", "none"]).exit_code == 1
    assert "reader0@readers.example" in run(command, ["export", letter.uid]).output
