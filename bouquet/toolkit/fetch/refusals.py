"""What can be wrong with an address that a stranger gave, each with a sentence for who gave it."""

from __future__ import annotations


class FetchError(Exception):
    """`reason` is a sentence for people; `passing` says that the same address may answer later."""

    passing = False

    def __init__(self, reason: str, *, status: int = 0, passing: bool | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status  # of the answer, where there was one
        if passing is not None:
            self.passing = passing


class AddressRefused(FetchError):
    """Not an address that we fetch: another scheme, a private network, an odd port."""


class Unreachable(FetchError):
    """No such host, no connection, a broken line, a certificate that does not fit."""

    passing = True


class BadAnswer(FetchError):
    """The other side answered, but not with what was asked for."""


class TooLarge(FetchError):
    """More than was allowed, announced or not."""


class TooSlow(FetchError):
    """It took longer than allowed, or came in drops."""

    passing = True
