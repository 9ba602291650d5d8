"""A site's newsletters in a parcel: each list with its recipe, what it sent, and what waits as a draft.

    newsletters/<list>.json       the list, its recipe and clock
    issues/<list>/<number>.json   what a reader of the archive sees, who verified it, by name, how often its links were
                                  followed; drafts, and what was cancelled
    readers/<list>/<part>.json    only where the operator asks for it: addresses with the proof of their consent

Nothing of it sends a mail. A draft comes as a draft; what was verified or scheduled comes as one, too, says so, and is
verified anew by somebody of the place that will send it. An issue that some readers have got already and others not
stays behind: here nobody could know which, and would send it twice. So do readers who never confirmed: nobody knows
whether the address is theirs, an import sends no mail that could ask them, and the mail they have leads elsewhere.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import JSONField
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bouquet.kinds.newsletters.actions import change_newsletter
from bouquet.kinds.newsletters.actions.many import cleaned
from bouquet.kinds.newsletters.models import Issue, IssueItem, Link, Newsletter, Subscriber, Subscription, Suppression
from bouquet.kinds.newsletters.models.reader import fingerprint
from bouquet.kinds.newsletters.sending.rows import suppress, tally
from bouquet.shared.accounts.models import Person
from bouquet.shared.fronts.carrying import fields_of, set_fields
from bouquet.shared.network.models import Site
from bouquet.shared.works.actions import moment_told
from bouquet.toolkit.parcel import ParcelReader, ParcelRefused, ParcelWriter

TURN = 3  # after the works that issues tell of
LIST = frozenset({"uid", "running_since", "created_at"})
SENT = ("started_at", "ended_at", "scheduled_for", "checked_name", "checked_at", "checked_digest", "tally")
ENDED = ("started_at", "ended_at", "tally")
ISSUE = ("number", "subject", "intro", "before", "after", "machine", "notes", "due_at")
PROOF = ("state", "source", "asked_at", "confirmed_at", "seen_from", "shown", "ended_at", "ended_why")
UNDER_WAY = (Issue.State.SENDING, Issue.State.PAUSED)
MOST_CLICKS = 1_000_000_000
LINK = re.compile(r"[1-9A-Za-z]{20,32}")
PART = 5000  # readers of a member of the parcel


def names_of(site: Site) -> dict[int, str]:
    """They have no pages."""
    return {}


# ── out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def take_out(site: Site, parcel: ParcelWriter, carrier: Any) -> dict[str, int]:
    lists = list(Newsletter.objects.filter(site=site).order_by("slug"))
    numbers = {"newsletters": len(lists), "issues": 0}
    for letter in lists:
        name = _name_of(letter)
        sources = sorted(letter.sources.values_list("slug", flat=True))
        parcel.put(f"newsletters/{name}.json", fields_of(letter, carrier, leave=LIST) | {"sources": sources})
        for issue in letter.issues.order_by("number"):
            if issue.state in UNDER_WAY:
                carrier.left.append(
                    _("The issue “%(subject)s” of “%(list)s” stays behind: some readers have it, others do not.")
                    % {"subject": issue.subject, "list": letter}
                )
                continue
            parcel.put(f"issues/{name}/{issue.number}.json", _issue_out(issue, carrier))
            numbers["issues"] += 1
        if carrier.with_readers:
            carrier.left += _unconfirmed(letter)
            numbers["readers"] = numbers.get("readers", 0) + _readers_out(letter, name, parcel)
    return numbers


def _name_of(letter: Newsletter) -> str:
    return slugify(letter.slug) or letter.uid


def _issue_out(issue: Issue, carrier: Any) -> dict[str, Any]:
    sent, cancelled = issue.state == Issue.State.SENT, issue.state == Issue.State.CANCELLED
    items = [
        {
            "work": carrier.work(item.work_id) if item.work_id else None,
            "title": item.title,
            "summary": item.summary,
            "with_picture": item.with_picture,
            "alt": item.alt,
            "reason": item.reason,
            "machine": item.machine,
        }
        for item in issue.items.order_by("position", "pk")
    ]
    told: dict[str, Any] = {name: getattr(issue, name) for name in _fields(sent, cancelled)}
    if issue.state in (Issue.State.CHECKED, Issue.State.SCHEDULED):
        told["notes"] = [*issue.notes, {"code": "moved", "name": issue.checked_name}]
    if sent or cancelled:  # single mails stay behind with their addresses; their sums are kept when they go
        told["tally"] = tally(issue)
        told["links"] = [
            {"uid": each.uid, "address": each.address, "clicks": each.clicks}
            for each in issue.tracked.order_by("address")
        ]
    return told | {"sent": sent, "cancelled": cancelled, "items": items}


def _fields(sent: bool, cancelled: bool) -> tuple[str, ...]:
    return (*ISSUE, *SENT) if sent else (*ISSUE, *ENDED) if cancelled else ISSUE


def _unconfirmed(letter: Newsletter) -> list[str]:
    number = letter.subscriptions.filter(state=Subscription.State.PENDING).count()
    if not number:
        return []
    words = ngettext(
        "%(number)d reader of “%(list)s” stays behind, who has not confirmed: nobody knows whose address it is.",
        "%(number)d readers of “%(list)s” stay behind, who have not confirmed: nobody knows whose addresses these are.",
        number,
    )
    return [words % {"number": number, "list": letter}]


def _readers_out(letter: Newsletter, name: str, parcel: ParcelWriter) -> int:
    """Who confirmed, and who left again and must not be written to; who never confirmed stays behind."""
    rows = letter.subscriptions.exclude(state=Subscription.State.PENDING).select_related("subscriber")
    part: list[dict[str, Any]] = []
    number = 0
    for row in rows.order_by("subscriber__address").iterator(chunk_size=PART):
        said = {"address": row.subscriber.address, "language": row.subscriber.language}
        part.append(said | {field: getattr(row, field) for field in PROOF})
        number += 1
        if len(part) == PART:
            _put_part(parcel, name, number, part)
            part = []
    _put_part(parcel, name, number, part)
    return number


def _put_part(parcel: ParcelWriter, name: str, number: int, part: list[dict[str, Any]]) -> None:
    if not part:
        return
    prints = {fingerprint(each["address"]): each for each in part}
    kept = Suppression.objects.filter(fingerprint__in=prints).values_list("fingerprint", "reason")
    for found, reason in kept:
        prints[found]["never_again"] = reason
    parcel.put(f"readers/{name}/{number:07}.json", part)


# ── in ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
def bring_in(site: Site, parcel: ParcelReader, carrier: Any) -> list[str]:
    notes: list[str] = []
    for file in parcel.names("newsletters"):
        said, name = parcel.get(file), file.partition("/")[2].removesuffix(".json")
        if not isinstance(said, dict):
            raise _damaged(file)
        letter = _list_in(site, said, carrier)
        for each in parcel.names(f"issues/{name}"):
            _issue_in(letter, parcel.get(each), carrier, each)
        if carrier.with_readers:
            for each in parcel.names(f"readers/{name}"):
                _readers_in(letter, parcel.get(each))
        elif parcel.names(f"readers/{name}"):
            notes.append(_("The readers of “%(name)s” are in the parcel, but were not asked for.") % {"name": letter})
        if number := letter.issues.filter(state=Issue.State.DRAFT).count():
            words = ngettext(
                "%(number)d issue of “%(name)s” came as a draft: see that it is not sent in both places.",
                "%(number)d issues of “%(name)s” came as drafts: see that none is sent in both places.",
                number,
            )
            notes.append(words % {"number": number, "name": letter})
    return notes


def _damaged(file: str) -> ParcelRefused:
    return ParcelRefused(_("“%(name)s” cannot be read: the parcel is damaged.") % {"name": file})


def _list_in(site: Site, said: dict[str, Any], carrier: Any) -> Newsletter:
    letter = Newsletter(site=site)
    set_fields(letter, said, carrier, leave=LIST)
    letter.full_clean()
    change_newsletter(letter)
    slugs = [each for each in said.get("sources") or [] if isinstance(each, str)]
    letter.sources.set(Site.objects.filter(slug__in=slugs))
    return letter


def _issue_in(letter: Newsletter, said: Any, carrier: Any, file: str) -> None:
    if not isinstance(said, dict) or not isinstance(said.get("items"), list):
        raise _damaged(file)
    issue = Issue(newsletter=letter)
    sent, cancelled = said.get("sent") is True, said.get("cancelled") is True
    try:
        for name in _fields(sent, cancelled):
            field: Any = Issue._meta.get_field(name)
            setattr(issue, name, field.to_python(said.get(name)) if said.get(name) is not None else field.get_default())
        issue.state = Issue.State.SENT if sent else Issue.State.CANCELLED if cancelled else Issue.State.DRAFT
        _of_their_sort(issue, notes=list, tally=dict)
        issue.clean_fields(exclude=_optional(Issue))
        issue.save()
        seen: set[int] = set()
        for place, each in enumerate(said["items"]):
            _item_in(issue, each if isinstance(each, dict) else {}, place, carrier, seen)
        if not issue.is_open:
            _links_in(issue, said.get("links"), trusted=carrier.with_readers)
    except (ValidationError, TypeError, ValueError, KeyError):
        raise _damaged(file) from None


def _links_in(issue: Issue, rows: Any, *, trusted: bool) -> None:
    """How often its links were followed. Mails that went out lead over their names: kept where the operator trusts the
    file, or a stranger's would make this host lead to addresses of theirs under names they know."""
    for row in rows if isinstance(rows, list) else []:
        link = Link(issue=issue, address=str(row["address"]), clicks=int(row["clicks"]))
        if not link.address.startswith(("https://", "http://")) or not 0 <= link.clicks <= MOST_CLICKS:
            raise ValueError("link")
        uid = str(row.get("uid"))
        if trusted and LINK.fullmatch(uid) and not Link.objects.filter(uid=uid).exists():
            link.uid = uid
        link.clean_fields(exclude=_optional(Link))
        link.save()


def _optional(model: Any) -> set[str]:
    """What may be empty whatever a form would say of it."""
    return {each.name for each in model._meta.fields if each.null or each.is_relation or isinstance(each, JSONField)}


def _of_their_sort(issue: Issue, **sorts: type) -> None:
    for name, sort in sorts.items():
        if not isinstance(getattr(issue, name), sort):
            raise ValueError(name)


def _item_in(issue: Issue, said: dict[str, Any], place: int, carrier: Any, seen: set[int]) -> None:
    """What tells of a work that did not come stays in what was sent, without its link; a draft does not tell of it."""
    work = carrier.work(said["work"]) if isinstance(said.get("work"), str) else None
    work = None if work in seen else work
    if work is None and issue.state != Issue.State.SENT:
        return
    item = IssueItem(issue=issue, work_id=work, position=place, with_picture=said.get("with_picture") is not False)
    for name in ("title", "summary", "alt", "machine"):
        setattr(item, name, str(said.get(name) or ""))
    item.reason = said["reason"] if isinstance(said.get("reason"), dict) else {}
    item.clean_fields(exclude=_optional(IssueItem))
    item.save()
    seen.add(work or 0)


def _readers_in(letter: Newsletter, rows: Any) -> None:
    """With the proof of their consent as it was kept there. Who is suppressed here, or was there, is not written to."""
    said = {
        address: row
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
        and row.get("state") in (Subscription.State.ACTIVE, Subscription.State.ENDED)
        and (address := cleaned(str(row.get("address") or "")))
        and moment_told(row.get("asked_at"))
    }
    people = dict(Person.objects.active().filter(email__in=said).values_list("email", "pk"))
    new = [
        Subscriber(
            address=address,
            fingerprint=fingerprint(address),
            person_id=people.get(address),
            language=str(row.get("language") or "")[:8],
        )
        for address, row in said.items()
    ]
    Subscriber.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    keys = dict(Subscriber.objects.filter(address__in=said).values_list("address", "pk"))
    wishes = [_wish(letter, keys[address], row) for address, row in said.items()]
    Subscription.objects.bulk_create(wishes, ignore_conflicts=True, batch_size=500)
    for address, row in said.items():
        if row.get("never_again") in Suppression.Reason.values:
            suppress(address, fingerprint(address), row["never_again"], letter.site.host)


def _wish(letter: Newsletter, reader: int, row: dict[str, Any]) -> Subscription:
    return Subscription(
        newsletter=letter,
        subscriber_id=reader,
        state=row["state"],
        source=row["source"] if row.get("source") in Subscription.Source.values else Subscription.Source.IMPORT,
        asked_at=moment_told(row.get("asked_at")) or timezone.now(),
        confirmed_at=moment_told(row.get("confirmed_at")),
        seen_from=str(row.get("seen_from") or "")[:50],
        shown=str(row.get("shown") or "")[:5000],
        ended_at=moment_told(row.get("ended_at")),
        ended_why=str(row.get("ended_why") or "")[:60],
    )
