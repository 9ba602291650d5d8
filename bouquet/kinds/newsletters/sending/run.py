"""One stretch of sending an issue. A task calls it again until it says that nothing is left to do."""

from __future__ import annotations

import smtplib
import time

from django.conf import settings
from django.utils import timezone

from bouquet.kinds.newsletters import standing
from bouquet.kinds.newsletters.mail import mail_for
from bouquet.kinds.newsletters.models import Delivery, Issue, Suppression
from bouquet.kinds.newsletters.sending import rows
from bouquet.kinds.newsletters.sending.line import OtherLine, SmtpLine, line
from bouquet.kinds.newsletters.sending.outcomes import LATER, NEVER, OURS, UNKNOWN, Outcome, outcome_of
from bouquet.toolkit.ids import long_id
from bouquet.toolkit.tasks import heartbeat

STRETCH = 45.0  # seconds: a worker is free for other work that often
TROUBLE_WAIT = 60.0  # seconds before the line is tried again
MOST_REFUSED = 25  # one after another, without one success: then it is about us, not about them
State = Delivery.State


class Stretch:
    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        self.name = long_id()
        self.line: SmtpLine | OtherLine = line()
        self.refused = 0
        self.sent = 0
        self.pace = 60.0 / settings.NEWSLETTERS_PER_MINUTE if settings.NEWSLETTERS_PER_MINUTE else 0.0

    def carry_on(self) -> bool:
        """Send until the time is up or nothing is due. False where the line itself is out of order."""
        until = time.monotonic() + STRETCH
        opened = False
        try:
            while time.monotonic() < until and self._is_wanted():
                began = time.monotonic()
                row = rows.claim_next(self.issue, self.name)
                if row is None:
                    return True
                if not rows.still_wanted(row):
                    rows.close(row, State.SKIPPED)
                    continue
                if not opened and not self._open(row):
                    return False
                opened = True
                if not self._send(row):
                    return False
                opened = not isinstance(self.line, SmtpLine) or self.line.backend.connection is not None
                time.sleep(max(0.0, self.pace - (time.monotonic() - began)))
            return True
        finally:
            self.line.close()

    def _is_wanted(self) -> bool:
        """Asked before each mail: pausing and cancelling mean at once."""
        heartbeat()
        return Issue.objects.filter(pk=self.issue.pk, state=Issue.State.SENDING).exists()

    def _open(self, row: Delivery) -> bool:
        try:
            self.line.open()
        except (OSError, smtplib.SMTPException) as error:
            rows.give_back(row)
            self._trouble(f"{type(error).__name__}: {error}")
            return False
        return True

    def _send(self, row: Delivery) -> bool:
        """False where the line is of no more use today."""
        assert row.subscriber is not None
        handed = False

        def hand_over() -> None:
            nonlocal handed
            rows.hand_over(row, self.name)
            handed = True

        try:
            message = mail_for(self.issue, row.subscriber, self.issue.html, self.issue.text, number=row.pk)
            answer = self.line.carry(message, hand_over)
        except rows.TakenAway:
            self._hang_up()
            return True
        except Exception as error:  # whatever a mail backend raises: one mail's failure never stops the others
            return self._after(row, outcome_of(error, handed=handed), error)
        rows.close(row, State.SENT, answer)
        self.refused = 0
        self.sent += 1
        return True

    def _after(self, row: Delivery, outcome: Outcome, error: Exception) -> bool:
        if not isinstance(error, smtplib.SMTPRecipientsRefused):
            self._hang_up()  # begin the next one on a clean line
        if outcome.sort == OURS:
            rows.give_back(row)
            self._trouble(outcome.said)
            return False
        if outcome.sort == LATER:
            rows.try_later(row, outcome.said)
        elif outcome.sort == UNKNOWN:
            rows.close(row, State.UNSURE, outcome.said)
        elif outcome.sort == NEVER:
            rows.close(row, State.FAILED, outcome.said)
            self._forget(row, outcome)
        self.refused += 1
        if self.refused < MOST_REFUSED:
            return True
        standing.pause(self.issue.pk, {"code": "refused_by_many", "said": outcome.said[:120]})
        return False

    def _forget(self, row: Delivery, outcome: Outcome) -> None:
        reader = row.subscriber
        # Many refusals in a row say something of us: nobody is suppressed for that.
        if outcome.address_gone and reader is not None and self.refused < 5:
            rows.suppress(reader.address, reader.fingerprint, Suppression.Reason.BOUNCE, outcome.said)

    def _hang_up(self) -> None:
        """Without a farewell: a QUIT after a half-sent mail is not to be waited for."""
        if isinstance(self.line, SmtpLine) and self.line.backend.connection is not None:
            self.line.backend.connection.close()
            self.line.backend.connection = None

    def _trouble(self, said: str) -> None:
        Issue.objects.filter(pk=self.issue.pk).update(trouble=said[:300])


def carry_issue(number: int) -> float | None:
    """A stretch. Seconds until the next one, or None: it is over, paused or cancelled."""
    issue = Issue.objects.select_related("newsletter__site").filter(pk=number, state=Issue.State.SENDING).first()
    if issue is None:
        return None
    rows.rescue(issue)
    rows.gather(issue)
    stretch = Stretch(issue)
    if not stretch.carry_on():
        still = Issue.objects.filter(pk=number, state=Issue.State.SENDING).exists()
        return TROUBLE_WAIT if still else None
    if stretch.sent:
        Issue.objects.filter(pk=number).update(trouble="")
    due = rows.next_try(issue)
    if due is not None:
        return max(0.0, (due - timezone.now()).total_seconds())
    _finish(issue)
    return None


def _finish(issue: Issue) -> None:
    """Conditional: a pause that came meanwhile stays one."""
    on_its_way = Issue.objects.filter(pk=issue.pk, state=Issue.State.SENDING)
    on_its_way.update(state=Issue.State.SENT, ended_at=timezone.now(), tally=rows.tally(issue), trouble="")
