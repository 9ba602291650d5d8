"""Subscribing, confirming, choosing, stopping: by keys in mails, without an account; and who must not be written to."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.core import mail

from bouquet.kinds.newsletters import actions
from bouquet.kinds.newsletters.addresses import reader_key, wish_key
from bouquet.kinds.newsletters.models import Subscriber, Subscription, Suppression
from bouquet.kinds.newsletters.models.reader import fingerprint
from bouquet.kinds.newsletters.provider import hear
from bouquet.kinds.newsletters.tests.make import make_letter, make_readers, make_verified, visit
from bouquet.shared.accounts.personal_data import holdings
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(db):
    return make_letter(about="What the week leaves.")


def ask(letter, address, **more):
    return visit(f"{letter.path}subscription/", letter.site, data={"address": address, **more}, strict=True)


def test_a_wish_is_confirmed_by_a_button_and_its_proof_is_kept(letter):
    answer = ask(letter, "Chloe@Readers.Example")
    assert answer.status_code == 200 and "is on its way" in answer.text
    run_all_tasks()
    (asked,) = mail.outbox
    assert asked.to == ["chloe@readers.example"]
    path = re.search(r"http://[^/]+(/letters/confirm/\S+)", asked.body)[1]
    assert "Yes, send it to me" in visit(path, letter.site).text
    wish = Subscription.objects.get()
    assert wish.state == "pending"  # a program that looks at links has subscribed nobody
    visit(path, letter.site, data={}, strict=True, REMOTE_ADDR="198.51.100.77")
    wish.refresh_from_db()
    assert (wish.state, wish.seen_from) == ("active", "198.51.100.0/24")
    assert "The Friday letter" in wish.shown and wish.confirmed_at and wish.asked_at


def test_the_page_says_the_same_of_every_address(letter):
    known = make_readers(letter, 1)[0]
    gone = make_readers(letter, 1, domain="gone.example")[0]
    actions.stop_all(gone)
    said = {
        re.sub(r"\S+@\S+", "", ask(letter, address).text.split("<main")[1].split("</main>")[0])
        for address in (known.address, gone.address, "new@readers.example")
    }
    assert len(said) == 1
    run_all_tasks()
    assert {each.to[0]: "already" in each.subject for each in mail.outbox} == {
        known.address: True, "new@readers.example": False,
    }  # fmt: skip
    ask(letter, "new@readers.example")
    run_all_tasks()
    assert len(mail.outbox) == 2  # nobody's letter-box is filled


def test_robots_and_floods_get_no_mail(letter):
    assert ask(letter, "robot@readers.example", website="http://spam").status_code == 200
    assert ask(letter, "no address").status_code == 422
    assert {ask(letter, f"r{each}@readers.example").status_code for each in range(20)} == {200, 429}
    run_all_tasks()
    assert len(mail.outbox) < 12 and not Subscriber.objects.filter(address="robot@readers.example").exists()
    letter.is_open = False
    letter.save()
    assert ask(letter, "late@readers.example").status_code == 404


def test_one_click_unsubscribes_without_cookie_or_question(letter):
    reader = make_readers(letter, 1)[0]
    path = f"/letters/{reader_key(reader, letter)}/unsubscription/"
    assert visit(path, letter.site).status_code == 200
    assert reader.subscriptions.get().state == "active"  # looking at the link ends nothing
    for _time in range(2):
        answer = visit(path, letter.site, data={"List-Unsubscribe": "One-Click"}, strict=True)
        assert answer.status_code == 200
    assert reader.subscriptions.get().state == "ended"
    letter.site.kinds = ["videos"]  # the way out stays where a site gives newsletters up
    letter.site.save()
    assert visit(path, letter.site).status_code == 200


def test_a_key_that_was_not_given_opens_nothing(letter):
    reader, other = make_readers(letter, 2)
    key = reader_key(reader, letter)
    for wrong in (key[:-2] + "xx", key.replace(reader.uid, other.uid), "x", wish_key(reader.subscriptions.get())):
        assert visit(f"/letters/{wrong}/", letter.site).status_code == 404
        assert visit(f"/letters/{wrong}/unsubscription/", letter.site, data={}).status_code == 404
    assert visit("/letters/confirm/nonsense/", letter.site).status_code == 404
    assert visit("/letters/to/nonsense/", letter.site).status_code == 404


def test_preferences_choose_stop_and_forget(letter):
    other = make_letter(letter.site, name="The Sunday one")
    reader = make_readers(letter, 1)[0]
    path = f"/letters/{reader_key(reader, letter)}/"
    page = visit(path, letter.site)
    assert "The Sunday one" in page.text and page["Referrer-Policy"] == "no-referrer"
    visit(path, letter.site, data={"letters": [other.uid]})
    assert {each.newsletter: each.state for each in reader.subscriptions.all()} == {letter: "ended", other: "active"}
    visit(path, letter.site, data={"stop": "1"})
    assert Suppression.objects.get().reason == "asked" and not reader.subscriptions.active().exists()
    visit(path, letter.site, data={"letters": [other.uid]})
    assert not reader.subscriptions.active().exists()
    visit(path, letter.site, data={"forget": "1"})
    assert not Subscriber.objects.exists() and Suppression.objects.get().address == ""
    assert visit(path, letter.site).status_code == 404


def test_an_imported_list_is_reported_line_by_line(letter):
    there, left, stopped = make_readers(letter, 3)
    actions.unsubscribe(left, letter)
    actions.stop_all(stopped)
    table = "\ufeffName;E-mail\r\nAda;New@Readers.example\r\n;\r\nB;no-address\r\nC;new@readers.example\r\n"
    table += f"D;{there.address}\r\nE;{left.address}\r\nF;{stopped.address}\r\n"
    table += "G;=cmd@x\x00.example\r\nH;Ünï <u@readers.example>\r\n"
    report = actions.import_addresses(letter, table, proof="Counter of the fair, 12 May")
    assert dict(report.counts) == {
        "added": 3, "broken": 1, "duplicate": 1, "there already": 1, "unsubscribed": 1, "suppressed": 1,
    }  # fmt: skip
    assert (4, "no-address", "broken") in report.lines
    assert Subscription.objects.get(subscriber__address="new@readers.example").shown == "Counter of the fair, 12 May"
    assert left.subscriptions.get().state == "ended"
    exported = "".join(actions.readers_as_csv(letter))
    assert "new@readers.example,active,import" in exported and exported.startswith("address,")
    assert "\n'=cmd@x.example," in exported  # no spreadsheet calculates it


def test_bounces_and_complaints_end_on_one_list_for_all(letter):
    other = make_letter(letter.site, name="The Sunday one")
    first, second, third = make_readers(letter, 3)
    Subscription.objects.create(
        subscriber=first, newsletter=other, state="active", asked_at=first.created_at, confirmed_at=first.created_at
    )

    def event(sort, address, reason=None):
        return SimpleNamespace(
            event_type=sort, recipient=address, reject_reason=reason, description="", mta_response=""
        )

    hear(None, event("bounced", first.address.upper(), "bounced"), "Brevo")
    hear(None, event("complained", second.address), "Brevo")
    hear(None, event("deferred", third.address), "Brevo")
    hear(None, event("bounced", third.address, "spam"), "Brevo")  # of our mail, not of the address
    hear(None, event("bounced", "", None), "Brevo")
    assert {row.address: row.reason for row in Suppression.objects.all()} == {
        first.address: "bounce", second.address: "complaint",
    }  # fmt: skip
    assert not first.subscriptions.active().exists() and third.subscriptions.active().exists()
    assert actions.note_bounces(["a@b.example, user unknown\n", "\n", "nonsense\n"]) == {"suppressed": 1, "broken": 1}


def test_clicks_are_one_number_and_nothing_else(ada, letter):
    issue = make_verified(ada, letter)
    make_readers(letter, 1)
    actions.send_now(issue)
    run_all_tasks()
    html = mail.outbox[0].alternatives[0][0]
    path = re.search(r"(/letters/to/\w+/)", html)[1]
    for words in ("Mozilla/5.0 Firefox/140", "Googlebot/2.1"):
        answer = visit(path, letter.site, HTTP_USER_AGENT=words)
        assert answer.status_code == 302 and "/videos/" in answer["Location"] and not answer.cookies
    assert sorted(issue.tracked.values_list("clicks", flat=True)) == [0, 1]


def test_a_person_takes_their_newsletters_along_and_is_forgotten(chloe, ada, letter):
    actions.subscribe(letter, chloe.email, shown="I agree", source="page")
    wish = Subscription.objects.get()
    actions.confirm(wish, seen_from="2001:db8:1:2::3")
    held = next(each for each in holdings() if each.name == "newsletters")
    said = held.export(chloe)["subscriptions"]
    assert said[0]["newsletter"] == letter.name and said[0]["confirmed_from"] == "2001:db8:1::/48"
    actions.stop_all(wish.subscriber)
    held.erase(chloe)
    assert not Subscriber.objects.exists()
    row = Suppression.objects.get()
    assert (row.address, row.fingerprint) == ("", fingerprint(chloe.email))
    issue = make_verified(ada, letter)
    held.erase(ada)
    issue.refresh_from_db()
    assert issue.state == "draft" and issue.checked_by is None
