"""Many addresses at once: a list that comes from elsewhere, the readers of a list as a table, bounces from a file."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from bouquet.kinds.newsletters.models import Newsletter, Subscriber, Subscription, Suppression
from bouquet.kinds.newsletters.models.reader import fingerprint
from bouquet.kinds.newsletters.sending.rows import suppress
from bouquet.shared.accounts.models import Person
from bouquet.toolkit.sheets import as_text

MOST = 500_000
CHUNK = 500
NAMES = ("email", "e-mail", "mail", "address", "adresse", "courriel", "adresse e-mail")


@dataclass
class Report:
    """What became of each line. `lines`: (line, address, what), for those that were not taken."""

    counts: Counter[str] = field(default_factory=Counter)
    lines: list[tuple[int, str, str]] = field(default_factory=list)

    def note(self, line: int, address: str, what: str) -> None:
        self.counts[what] += 1
        if what != "added" and len(self.lines) < 1000:
            self.lines.append((line, address[:100], what))


def import_addresses(newsletter: Newsletter, text: str, *, proof: str) -> Report:
    """Readers who gave their consent elsewhere: `proof` says where and when, and is kept with each.

    A CSV with a column for addresses, or one address a line. Broken, duplicate and suppressed ones are left out and
    named; who has unsubscribed from this list stays unsubscribed.
    """
    report, seen = Report(), set[str]()
    chunk: list[tuple[int, str]] = []
    for line, given in _addresses(text):
        address = cleaned(given)
        if not address:
            report.note(line, given, "broken")
        elif address in seen:
            report.note(line, address, "duplicate")
        else:
            seen.add(address)
            chunk.append((line, address))
        if len(chunk) == CHUNK:
            _take(newsletter, chunk, proof, report)
            chunk = []
    _take(newsletter, chunk, proof, report)
    return report


@transaction.atomic
def _take(newsletter: Newsletter, chunk: list[tuple[int, str]], proof: str, report: Report) -> None:
    prints = {address: fingerprint(address) for _line, address in chunk}
    kept = set(Suppression.objects.filter(fingerprint__in=prints.values()).values_list("fingerprint", flat=True))
    people = dict(Person.objects.active().filter(email__in=prints).values_list("email", "pk"))
    wanted = [(line, address) for line, address in chunk if prints[address] not in kept]
    new = [
        Subscriber(address=address, fingerprint=prints[address], person_id=people.get(address))
        for _l, address in wanted
    ]
    Subscriber.objects.bulk_create(new, ignore_conflicts=True)
    readers = dict(Subscriber.objects.filter(address__in=[each for _line, each in wanted]).values_list("address", "pk"))
    there = dict(
        Subscription.objects.filter(newsletter=newsletter, subscriber__in=readers.values()).values_list(
            "subscriber_id", "state"
        )
    )
    now, rows = timezone.now(), []
    for line, address in chunk:
        if prints[address] in kept:
            report.note(line, address, "suppressed")
        elif state := there.get(readers[address]):
            report.note(line, address, "unsubscribed" if state == Subscription.State.ENDED else "there already")
        else:
            report.note(line, address, "added")
            rows.append(_wish(newsletter, readers[address], proof, now))
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)


def _wish(newsletter: Newsletter, reader: int, proof: str, now: datetime) -> Subscription:
    return Subscription(
        newsletter=newsletter, subscriber_id=reader, state=Subscription.State.ACTIVE, shown=proof,
        source=Subscription.Source.IMPORT, asked_at=now, confirmed_at=now,
    )  # fmt: skip


def cleaned(given: str) -> str:
    """The address in “Name <a@b.example>” or by itself; "" where it is none."""
    address = parseaddr(given.strip())[1].strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    """(line, what stands in the column of addresses)."""
    text = text.lstrip("\ufeff").replace("\x00", "")
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    column = 0
    rows = csv.reader(io.StringIO(text), delimiter=separator, strict=False)
    for number in range(1, MOST + 1):
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield number, "?"
            continue
        if number == 1 and (named := [place for place, name in enumerate(row) if name.strip().lower() in NAMES]):
            column = named[0]
            continue
        if any(cell.strip() for cell in row):
            yield number, row[column] if column < len(row) else ""


def readers_as_csv(newsletter: Newsletter) -> Iterator[str]:
    """Each reader with their proof, a line at a time. Cells that a spreadsheet would calculate are made text."""
    yield "address,state,source,asked_at,confirmed_at,seen_from,shown\r\n"
    rows = newsletter.subscriptions.select_related("subscriber").order_by("pk")
    for each in rows.iterator(chunk_size=2000):
        line = io.StringIO()
        times = [moment.isoformat() if moment else "" for moment in (each.asked_at, each.confirmed_at)]
        cells = [each.subscriber.address, each.state, each.source, *times, each.seen_from, each.shown]
        csv.writer(line).writerow(as_text(cell) for cell in cells)
        yield line.getvalue()


def note_bounces(lines: Iterable[str], *, reason: str = Suppression.Reason.BOUNCE, detail: str = "") -> Counter[str]:
    """Addresses that must not be written to any more, one a line (what stands behind the address is its detail)."""
    counts: Counter[str] = Counter()
    for line in lines:
        if not line.strip():
            continue
        first, _comma, rest = line.strip().partition(",")
        address = cleaned(first)
        if not address:
            counts["broken"] += 1
            continue
        suppress(address, fingerprint(address), reason, rest.strip() or detail)
        counts["suppressed"] += 1
    return counts


def lift_suppression(row: Suppression) -> None:
    """May be written to again, once its owner asks for a list anew."""
    row.delete()
