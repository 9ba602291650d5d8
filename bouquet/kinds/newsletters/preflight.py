"""What is looked at before an issue may be verified, each with what to do about it. Bad findings stop the button."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Page

from bouquet.kinds.newsletters.addresses import HERE
from bouquet.kinds.newsletters.drafting.choosing import ANYBODY
from bouquet.kinds.newsletters.mail import HREF, Composed, compose
from bouquet.kinds.newsletters.models import Issue
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Work
from bouquet.toolkit.fetch import FetchError, opened

CLIPPED = 102 * 1024  # bytes of HTML after which Gmail shows "message clipped", and no unsubscribe link
LONG_SUBJECT, SHORT_SUBJECT = 78, 8
# What filters weigh most in subjects, French and English; a hint, not a verdict.
SPAM = re.compile(
    r"\b(100 ?%|gratuit|free|urgent|cliquez ici|click here|gagn(?:ez|ant)|winner|promo(?:tion)?|offre exclusive|argent"
    r"|cash|crédit|viagra|casino|buy now|act now|dernière chance|last chance)\b|[!?]{2,}|€{2,}|\${2,}",
    re.IGNORECASE,
)
SECONDS = 8.0


@dataclass(frozen=True)
class Finding:
    level: str  # ok, warn, bad
    title: str
    mend: str = ""


def findings(issue: Issue, composed: Composed | None = None) -> list[Finding]:
    """All that is looked at, in the order of reading. What strangers' links answer was asked before, by a task."""
    composed = composed or compose(issue)
    return [
        *_of_works(composed),
        _of_subject(issue),
        *_of_pictures(composed),
        *_of_links(issue, composed),
        _of_size(composed),
        _of_text(composed),
        _of_unsubscribing(composed),
        _of_words(issue, composed),
    ]


def blocking(issue: Issue) -> list[Finding]:
    return [each for each in findings(issue) if each.level == "bad"]


def _of_works(composed: Composed) -> list[Finding]:
    found = []
    if not composed.told:
        found.append(Finding("bad", _("It has no works."), _("Add some by searching for them.")))
    for item in composed.gone:
        title = _("“%(title)s” cannot be seen by everybody any more.") % {"title": item.title}
        found.append(Finding("bad", title, _("Remove it, or have it published again.")))
    for each in composed.told:
        if not each.item.summary.strip():
            title = _("“%(title)s” has no summary.") % {"title": each.item.title}
            found.append(Finding("warn", title, _("Write a sentence or two.")))
    return found or [Finding("ok", _("Every work can be seen by everybody."))]


def _of_subject(issue: Issue) -> Finding:
    length = len(issue.subject.strip())
    if not length:
        return Finding("bad", _("The subject is empty."), _("Write one."))
    said = {"number": length}
    if length > LONG_SUBJECT:
        title = _("The subject has %(number)s letters: many mail programs cut it.") % said
        return Finding("warn", title, _("Say the most important thing in the first forty."))
    if length < SHORT_SUBJECT:
        return Finding("warn", _("The subject has %(number)s letters.") % said, _("Say what is inside."))
    return Finding("ok", _("The subject has %(number)s letters.") % said)


def _of_pictures(composed: Composed) -> list[Finding]:
    found = []
    for each in composed.told:
        said = {"title": each.item.title}
        if each.picture and not each.item.alt.strip():
            title = _("Nothing says what the picture of “%(title)s” shows.") % said
            found.append(Finding("bad", title, _("Describe it for who cannot see it.")))
    return found or [Finding("ok", _("Every picture is there and has words."))]


def _of_links(issue: Issue, composed: Composed) -> list[Finding]:
    found = []
    for address in addresses_in(composed):
        if _is_ours(address):
            if not leads_somewhere(address):
                title = _("Nothing is at %(address)s.") % {"address": address}
                found.append(Finding("bad", title, _("Correct the address in the words of the issue.")))
        elif address not in issue.links:
            title = _("%(address)s is being looked at.") % {"address": address}
            found.append(Finding("warn", title, _("Load this page again in a moment.")))
        elif issue.links[address] != "ok":
            said = {"address": address, "said": issue.links[address]}
            title = _("%(address)s did not answer well: %(said)s") % said
            found.append(Finding("warn", title, _("Open it yourself; correct it or leave it out.")))
    return found or [Finding("ok", _("Every link leads somewhere."))]


def _of_size(composed: Composed) -> Finding:
    said = {"size": f"{composed.size / 1024:.0f}"}
    if composed.size > CLIPPED:
        title = _("Its HTML has %(size)s kB: Gmail cuts it after 102, and the way to unsubscribe with it.") % said
        return Finding("bad", title, _("Leave out works, or shorten summaries."))
    return Finding("ok", _("Its HTML has %(size)s kB of at most 102.") % said)


def _of_text(composed: Composed) -> Finding:
    if len(composed.text) < 80:
        return Finding("bad", _("The part in plain text is empty."), _("Add works or words."))
    return Finding("ok", _("It has a part in plain text."))


def _of_unsubscribing(composed: Composed) -> Finding:
    ways = sum("unsubscription" in part for part in (composed.html, composed.text))
    if ways < 2:
        return Finding("bad", _("The way to unsubscribe is missing."), _("Tell who runs the network."))
    return Finding("ok", _("Readers can unsubscribe by one click, in both parts and in its header."))


def _of_words(issue: Issue, composed: Composed) -> Finding:
    words = f"{issue.subject} {issue.intro} {issue.before} {issue.after}"
    hits = list(dict.fromkeys(found[0].strip() for found in SPAM.finditer(words)))
    letters = [letter for letter in strip_tags(issue.subject) if letter.isalpha()]
    if len(letters) > 12 and sum(letter.isupper() for letter in letters) > len(letters) * 0.6:
        hits.append(_("capital letters"))
    if not hits:
        return Finding("ok", _("No words that mail filters dislike."))
    title = _("Mail filters dislike this: %(words)s.") % {"words": ", ".join(hits)}
    return Finding("warn", title, _("Say it in other words."))


# ── Links ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def addresses_in(composed: Composed) -> list[str]:
    """Where its works and its words lead, not what belongs to the reader."""
    found = [unescape(each) for each in HREF.findall(composed.html)]
    return [each for each in dict.fromkeys(found) if HERE not in each]


def strangers_in(composed: Composed) -> list[str]:
    return [each for each in addresses_in(composed) if not _is_ours(each)][:30]


def ask(address: str) -> str:
    """ "ok", or why not, in a sentence. Through the one door for strangers' addresses."""
    try:
        with opened(address, seconds=SECONDS) as answer:
            answer.require_ok()
    except FetchError as error:
        return error.reason[:200]
    return "ok"


def _is_ours(address: str) -> bool:
    return _site_at(address) is not None


def _site_at(address: str) -> Site | None:
    host = (urlsplit(address).hostname or "").lower()
    return Site.objects.filter(host=host).select_related("wagtail_site__root_page").first()


def leads_somewhere(address: str) -> bool:
    """An address of ours, without asking ourselves by HTTP: a view, a work that everybody may see, a page."""
    site, path = _site_at(address), urlsplit(address).path or "/"
    if path == "/":
        return True
    try:
        found = resolve(path)
    except Resolver404:
        return False
    if uid := found.kwargs.get("uid"):
        works = Work.objects.filter(uid=uid)
        return works.listed_for(ANYBODY).exists() if works.exists() else True
    if not getattr(found.func, "__module__", "").startswith("wagtail."):
        return True
    if site is None or site.wagtail_site is None:
        return False
    place = site.wagtail_site.root_page.url_path.rstrip("/") + "/" + path.strip("/")
    return Page.objects.live().filter(url_path=place.rstrip("/") + "/").exists()
