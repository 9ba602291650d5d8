"""The one rule of what a view is. docs/manual/numbers.md says it to people, docs/decisions/0050 says why."""

from __future__ import annotations

ENOUGH_SECONDS = 10.0  # really played, whatever was skipped
ENOUGH_SHARE = 0.3  # of a film that is too short for that
AGAIN_AFTER = 30 * 60  # seconds until the same visitor's next play of the same film may be a view
MOST_A_DAY = 5  # views of one film by one visitor
MOST_FROM_ONE_ADDRESS = 20  # views of one film a day from one address: a household, a class, an office

# What is believed of a player: it cannot have played more than the clock allows.
GRACE_SECONDS = 20.0  # between its first word and the server's clock
FASTEST = 2.0  # the player's highest speed
PARTS = 100  # the retention curve looks at the film in hundredths


def enough(duration: float) -> float:
    """Seconds of playing that make a view of a film this long (0: unknown)."""
    return min(ENOUGH_SECONDS, ENOUGH_SHARE * duration) if duration > 0 else ENOUGH_SECONDS
