"""What a failure of the line means for one mail: later, never, or unknown; and whether it is about us."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass

LATER, NEVER, UNKNOWN, OURS = "later", "never", "unknown", "ours"
# RFC 3463: 5.1.x the address, 5.2.1 the mailbox is closed; without such a code, what servers say of addresses.
GONE_CODE = re.compile(r"^\s*#?(5\.1\.[0-9]+|5\.2\.1)\b")
ANY_CODE = re.compile(r"^\s*#?[245]\.[0-9]+\.[0-9]+\b")
GONE = {550, 551, 553}


@dataclass(frozen=True)
class Outcome:
    sort: str
    said: str
    address_gone: bool = False  # the address itself is at fault: on the suppression list with it


def outcome_of(error: Exception, *, handed: bool) -> Outcome:
    """`handed`: the last line may have left, so that no answer means unknown, never "try again"."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()), (0, b""))
        return _of_code(code, _text(answer), about_address=True)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Outcome(OURS, f"{error.smtp_code} {_text(error.smtp_error)}"[:300])
    if isinstance(error, smtplib.SMTPResponseException):
        return _of_code(error.smtp_code, _text(error.smtp_error), about_address=False)
    if status := getattr(error, "status_code", None):  # a provider's HTTP answer (Anymail): it did not take the mail
        later = status in (408, 425, 429) or status >= 500
        return Outcome(LATER if later else NEVER, f"HTTP {status}"[:300])
    if type(error).__name__ == "AnymailRecipientsRefused":
        return Outcome(NEVER, str(error)[:300], address_gone=True)
    if isinstance(error, (ValueError, UnicodeError)):  # an address or header that cannot be written as mail
        return Outcome(NEVER, str(error)[:300])
    said = f"{type(error).__name__}: {error}"[:300]
    return Outcome(UNKNOWN if handed else LATER, said)


def _of_code(code: int, answer: str, *, about_address: bool) -> Outcome:
    said = f"{code} {answer}"[:300]
    if code == 421 or 400 <= code < 500:
        return Outcome(LATER, said)
    gone = about_address and bool(GONE_CODE.match(answer) if ANY_CODE.match(answer) else code in GONE)
    return Outcome(NEVER, said, address_gone=gone)


def _text(answer: object) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
