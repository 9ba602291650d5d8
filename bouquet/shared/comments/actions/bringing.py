"""Comments come with the work they are about, from elsewhere or from another Bouquet: words, dates, threads, a name.

`told_comments` says them as plain values for a parcel, `bring_comments` writes them down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.comments.models import Comment
from bouquet.shared.comments.words import MOST, tidy
from bouquet.shared.works.actions import one_line
from bouquet.shared.works.models import Work

BROUGHT = "brought"  # why one waits: a name of phases.REASONS
MOST_LIKES = 1_000_000_000
State = Comment.State


@dataclass(frozen=True)
class Brought:
    key: str  # its name where it comes from
    answers: str  # the key of what it answers; "": it begins a thread
    name: str
    text: str
    at: datetime | None
    held: bool = False
    more: dict[str, Any] = field(default_factory=dict)  # what only a parcel knows: fields of the row

    @classmethod
    def told(cls, said: dict[str, Any]) -> Self:
        """As a line of JSON has it."""
        when = datetime.fromisoformat(said["at"]) if said.get("at") else None
        name = one_line(said["name"])[:80] or _("A reader")
        return cls(said["key"], said.get("answers", ""), name, said["text"], when, bool(said.get("held")))

    @classmethod
    def from_parcel(cls, said: Any, people: dict[str, int]) -> Self | None:
        """As `told_comments` gave it, or nothing where it is none. `people`: accounts here, by the address it names."""
        if not isinstance(said, dict) or not all(isinstance(said.get(name), str) for name in ("uid", "name", "text")):
            return None
        state, at, edited = said.get("state"), _moment(said.get("at")), _moment(said.get("edited_at"))
        likes = said.get("likes")
        more = {
            "state": state if state in State.values else State.HELD,
            "held_for": [BROUGHT] if state not in State.values or state == State.HELD else [],
            "reason": one_line(str(said.get("reason") or ""))[:500],
            "likes": likes if isinstance(likes, int) and 0 <= likes <= MOST_LIKES else 0,
            "hearted": said.get("hearted") is True,
            "pinned": said.get("pinned") is True,
            "edited_at": edited,
            "author_id": people.get(str(said.get("address") or "").lower()),
        }
        return cls(
            said["uid"], str(said.get("answers") or ""), one_line(said["name"])[:80], said["text"], at, more=more
        )


def told_comments(work: Work, *, with_addresses: bool = False) -> list[dict[str, Any]]:
    """What is said of a work, in the order it came; who liked what stays behind, their number comes. Two queries.

    What was removed comes, empty, where it holds a place for answers. Writers are their names; with addresses, their
    accounts are found again where they have one on the other side, too.
    """
    empty = Q(state=State.REMOVED, answer_count=0)
    rows = Comment.objects.filter(work_id=work.pk).exclude(empty).select_related("author").order_by("created_at", "pk")
    uids = {row.pk: row.uid for row in rows}
    told = []
    for row in rows:
        said = {
            "uid": row.uid,
            "answers": uids.get(row.answers_id or 0) or uids.get(row.root_id or 0, ""),
            "name": row.writer.name if row.writer and row.state != State.REMOVED else "",
            "text": row.text,
            "at": row.created_at,
            "edited_at": row.edited_at,
            "state": row.state,
            "reason": row.reason,
            "likes": row.likes,
            "hearted": row.hearted,
            "pinned": row.pinned,
        }
        told.append(said | {"address": row.author.email} if with_addresses and row.author and row.text else said)
    return told


def comments_from_parcel(work: Work, rows: Any, *, link_accounts: bool = False) -> int:
    """Into a work that has none yet: what `told_comments` gave. How many came.

    `link_accounts`: to who has an account here with the address it names. A stranger's file could put words into
    anybody's mouth so: only where the operator says it is theirs.
    """
    said = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if not said or Comment.objects.filter(work_id=work.pk).exists():
        return 0
    addresses = {str(row["address"]).lower() for row in said if link_accounts and row.get("address")}
    people = dict(Person.objects.active().filter(email__in=addresses).values_list("email", "pk")) if addresses else {}
    found = (Brought.from_parcel(row, people) for row in said)
    return bring_comments(work, [each for each in found if each is not None])


def bring_comments(work: Work, brought: Iterable[Brought]) -> int:
    """Nobody is told, and no phase holds one: they were decided about where they were written. How many came.

    Not safe to run twice for a work: its caller does it in the transaction in which the work comes.
    """
    return bring_comments_of([(work, brought)])


def bring_comments_of(works: Iterable[tuple[Work, Iterable[Brought]]]) -> int:
    """The same for many works: a statement for all first comments, one for all that answer those, and so on."""
    now = timezone.now()
    rows: list[Comment] = []
    live: dict[int, int] = {}
    for work, brought in works:
        said = _rows_of(work, brought, now)
        rows += said
        if number := sum(row.is_live for row in said):
            live[work.pk] = number
    with transaction.atomic():
        _insert(rows)
        for number in sorted(set(live.values())):
            Work.objects.filter(pk__in=[work for work, has in live.items() if has == number]).update(
                comment_count=F("comment_count") + number
            )
    return len(rows)


def _rows_of(work: Work, brought: Iterable[Brought], now: datetime) -> list[Comment]:
    """Not written yet; who answers stands behind what is answered."""
    said: list[Comment] = []
    rows: dict[str, Comment] = {}
    places: dict[str, int] = {}
    for each in sorted(brought, key=lambda each: each.at or now):
        text = tidy(each.text)
        if text or each.more.get("state") == State.REMOVED:
            said.append(_row(work, each, text, now, rows, places))
            rows[each.key] = said[-1]
    _count(said)
    return said


def _insert(rows: list[Comment]) -> None:
    known: set[str] = set()
    while rows:
        now = [row for row in rows if row.answers is None or row.answers.uid in known]
        Comment.objects.bulk_create(now)
        known.update(row.uid for row in now)
        rows = [row for row in rows if row.uid not in known]


def _row(
    work: Work, each: Brought, text: str, now: datetime, rows: dict[str, Comment], places: dict[str, int]
) -> Comment:
    answers = rows.get(each.answers)
    root = (answers.root or answers) if answers else None
    if root is not None:
        places[root.uid] = places.get(root.uid, 0) + 1
    row = Comment(
        work_id=work.pk,
        channel_id=work.channel_id,
        guest_name=each.name,
        root=root,
        answers=answers,
        place=places[root.uid] if root is not None else 0,
        text=text if len(text) <= MOST else f"{text[: MOST - 1]}…",
        state=State.HELD if each.held else State.LIVE,
        held_for=[BROUGHT] if each.held else [],
        created_at=min(each.at or now, now),
    )
    for name, value in each.more.items():
        setattr(row, name, value)
    if each.more:
        _settle(row, each, rows)
    return row


def _settle(row: Comment, each: Brought, rows: dict[str, Comment]) -> None:
    """What a parcel says is kept to what can be: one pinned one, published; a name or an account, not both."""
    if row.author_id:
        row.guest_name = ""
    if row.state == State.REMOVED:
        row.text, row.guest_name, row.author_id = "", "", None
    row.pinned = row.pinned and row.is_live and row.root is None and not any(other.pinned for other in rows.values())
    free = 6 <= len(each.key) <= 16 and each.key.isalnum() and each.key not in rows
    if free and not Comment.objects.filter(uid=each.key).exists():
        row.uid = each.key  # its address leads here


def _count(rows: list[Comment]) -> None:
    """The published answers of each: to a first comment those of its whole thread."""
    for row in rows:
        if row.is_live:
            for above in {each.uid: each for each in (row.root, row.answers) if each is not None}.values():
                above.answer_count += 1


def _moment(value: Any) -> datetime | None:
    try:
        when = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return when if when is not None and timezone.is_aware(when) else None
