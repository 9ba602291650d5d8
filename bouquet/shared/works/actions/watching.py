"""Where a person stands in what plays, and what they watched: noted by players, gone on with, forgotten on demand.

A player says its place every few seconds. So the page gives it a sealed word (who, which work, how long it is), and
what it sends back needs no session and no question who may see what: one check, one UPDATE.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.works.models import HistoryPause, Watching, Work

SALT = "works.place"
WORD_LASTS = timedelta(days=7)  # a page that is open for longer says no more where it is
BARELY = 5  # seconds: who has seen less has not begun
AT_ONCE = timedelta(seconds=1)  # what comes quicker after another word is left out


class BadPlace(ValueError):
    """Not a place that a page of ours gave, or not a number of seconds."""


@dataclass(frozen=True)
class Place:
    """Where to begin, and the sealed word to say it back with; "" for who keeps no history."""

    seconds: float = 0
    word: str = ""


def place_of(person: Person | None, work: Work, *, duration: float) -> Place:
    """Ask only for works that this person may open. Two short queries for members, none for others."""
    if person is None or HistoryPause.objects.filter(person=person).exists():
        return Place()
    row = Watching.objects.filter(person=person, work=work.pk, is_open=True).values_list("seconds", flat=True).first()
    return Place(row or 0, signing.dumps([person.pk, work.pk, round(duration, 1)], salt=SALT))


def note_position(word: str, seconds: float) -> None:
    """What a player says. An older page's word after a newer one's wins, as the person did it last."""
    person_id, work_id, duration = _open(word)
    if not math.isfinite(seconds):
        raise BadPlace
    if not HistoryPause.objects.filter(person=person_id).exists():
        _write(person_id, work_id, seconds, duration)


def note_place(person: Person, work: Work, seconds: float) -> bool:
    """What a program says for a person who may open the work; False where they keep no history."""
    if HistoryPause.objects.filter(person=person).exists():
        return False
    _write(person.pk, work.pk, seconds, round(work.duration or 0, 1))
    return True


def _write(person_id: int, work_id: int, seconds: float, duration: float) -> None:
    at = min(max(seconds, 0), duration or seconds)
    is_done = duration > 0 and duration - at <= _credits(duration)
    is_open = at >= BARELY and not is_done
    now = timezone.now()
    what = {"seconds": at if is_open else 0, "duration": duration, "is_open": is_open, "updated_at": now}
    if is_done:
        what["finished_at"] = now
    mine = Watching.objects.filter(person=person_id, work=work_id)
    if mine.filter(updated_at__lt=now - AT_ONCE).update(**what) or mine.exists():
        return
    try:
        with transaction.atomic():
            row = Watching(person_id=person_id, work_id=work_id, created_at=now, **what)
            Watching.objects.bulk_create([row], ignore_conflicts=True)
    except IntegrityError:
        return  # the work or the account was removed while its page was open


def stop_going_on(person: Person, work_uid: str = "") -> None:
    """One work, or all, out of “go on watching”; the history keeps them, the next time they start over."""
    rows = Watching.objects.filter(person=person, is_open=True)
    rows = rows.filter(work__uid=work_uid) if work_uid else rows
    Watching.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(is_open=False, seconds=0)


def forget_watched(person: Person, work_uid: str = "") -> None:
    """One work, or all, out of the history; and out of all that is worked out from it."""
    rows = Watching.objects.filter(person=person)
    (rows.filter(work__uid=work_uid) if work_uid else rows).delete()


def pause_history(person: Person) -> None:
    HistoryPause.objects.get_or_create(person=person)


def keep_history(person: Person) -> None:
    HistoryPause.objects.filter(person=person).delete()


def history_is_paused(person: Person) -> bool:
    return HistoryPause.objects.filter(person=person).exists()


def _open(word: str) -> tuple[int, int, float]:
    try:
        person_id, work_id, duration = signing.loads(word, salt=SALT, max_age=WORD_LASTS)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadPlace from error
    return person_id, work_id, duration


def _credits(duration: float) -> float:
    """Seconds before the end from where on a work counts as watched to its end: its credits, as a rule."""
    return max(2.0, min(30.0, duration * 0.05))
