"""An issue as a mail: HTML that old mail programs understand, and the same as text. Composed once for all readers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe

from bouquet.kinds.newsletters.addresses import HERE, preferences, reader_key, unsubscribing
from bouquet.kinds.newsletters.drafting.choosing import ANYBODY, sections_of
from bouquet.kinds.newsletters.models import Issue, IssueItem, Link, Subscriber
from bouquet.shared.network.models import Network
from bouquet.shared.works.models import Work

COLOURS = ("paper", "surface", "ink", "quiet", "accent", "on_accent")
HREF = re.compile(r'href="(https?://[^"]+)"')
_INLINER = css_inline.CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False)


@dataclass(frozen=True)
class Told:
    """A work as the mail shows it."""

    item: IssueItem
    address: str
    picture: str
    section: str


@dataclass(frozen=True)
class Composed:
    subject: str
    html: str
    text: str
    told: list[Told]
    gone: list[IssueItem]  # what not everybody may see any more: it is in no mail

    @property
    def size(self) -> int:
        return len(self.html.encode())


def compose(issue: Issue) -> Composed:
    """As it is now, with the addresses themselves; each reader's own key is HERE. About six queries."""
    letter = issue.newsletter
    told, gone = _told(issue)
    words: dict[str, Any] = {
        "issue": issue,
        "letter": letter,
        "site": letter.site,
        "network": Network.current(),
        "told": told,
        "lead": told[0] if told and told[0].picture else None,
        "preheader": preheader_of(issue, told),
        "by_machine": any(each.item.machine for each in told),
        "preferences": preferences(letter.site),
        "unsubscribe": unsubscribing(letter.site),
        "language": letter.language,
    }
    with translation.override(letter.language):
        words["styles"] = mark_safe(f"<style>{_css(letter.site.brand)}</style>")
        html = _INLINER.inline(render_to_string("newsletters/mail/issue.html", words))
        text = render_to_string("newsletters/mail/issue.txt", words)
    return Composed(one_line(issue.subject), html, re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", told, gone)


def preheader_of(issue: Issue, told: list[Told]) -> str:
    """What lists of mail show beside the subject: never the first words of our own head and foot."""
    more = " · ".join(each.item.title for each in told[1:3])
    return issue.intro or more or (told[0].item.summary if told else "")


def _css(brand: Any) -> str:
    colours = {name: getattr(brand, name) for name in COLOURS}
    dark = {f"dark_{name}": getattr(brand, f"dark_{name}") for name in COLOURS}
    return render_to_string("newsletters/mail/mail.css", colours | dark)


def _told(issue: Issue) -> tuple[list[Told], list[IssueItem]]:
    items = list(issue.items.order_by("position", "pk"))
    works = Work.objects.listed_for(ANYBODY).filter(pk__in=[each.work_id for each in items]).cards().in_bulk()
    sections = sections_of(works.values())
    told = [
        Told(each, work.address, _picture(each, work), sections.get(work.pk, ""))
        for each in items
        if (work := works.get(each.work_id or 0))
    ]
    return told, [each for each in items if each.work_id not in works]


def _picture(item: IssueItem, work: Work) -> str:
    path = work.poster.share_picture_url if item.with_picture and work.poster else ""
    return urljoin(work.site.url, path) if path else ""


def one_line(text: str) -> str:
    return " ".join(text.split())


# ── What is frozen when an issue starts to go out ────────────────────────────────────────────────────────────────────
def with_counted_links(issue: Issue, html: str) -> str:
    """Links to works and out of the issue's words lead over a counter; those of the reader and the archive do not."""
    own = {issue.address, f"{issue.site.url}/"}
    addresses = [unescape(found) for found in HREF.findall(html)]
    wanted = list(dict.fromkeys(each for each in addresses if HERE not in each and each not in own))
    Link.objects.bulk_create(
        [Link(issue=issue, address=each) for each in wanted if len(each) <= 1000], ignore_conflicts=True
    )
    counted = {
        row.address: issue.site.url + reverse("letters_link", args=[row.uid])
        for row in Link.objects.filter(issue=issue)
    }

    def lead(found: re.Match[str]) -> str:
        return f'href="{escape(counted.get(unescape(found[1]), unescape(found[1])))}"'

    return HREF.sub(lead, html)


# ── One reader's mail ────────────────────────────────────────────────────────────────────────────────────────────────
def mail_for(
    issue: Issue, subscriber: Subscriber, html: str, text: str, *, number: object = 0
) -> EmailMultiAlternatives:
    """`number` of the delivery: the same mail always has the same Message-ID (RFC 5322), by which mailboxes know it."""
    letter, key = issue.newsletter, reader_key(subscriber, issue.newsletter)
    host = letter.site.host
    message = EmailMultiAlternatives(
        subject=one_line(issue.subject),
        body=text.replace(HERE, key),
        from_email=sender_of(letter),
        to=[subscriber.address],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            "Message-ID": f"<{issue.uid}.{number}@{host}>",
            "List-ID": f"{letter.slug} <{letter.uid}.{host}>",
            # RFC 8058: one POST, no cookie, no question. Sign both with DKIM (docs/running/mail.md).
            "List-Unsubscribe": f"<{unsubscribing(letter.site, key)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
        },
    )
    message.attach_alternative(html.replace(HERE, key), "text/html")
    # A provider puts no pixel in and rewrites no link (Anymail's attributes; other backends do not look at them).
    message.track_opens = message.track_clicks = False  # type: ignore[attr-defined]
    return message


def sender_of(letter: Any) -> str:
    address = letter.sender_address or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return formataddr((one_line(letter.sender_name), address))
