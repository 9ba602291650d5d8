"""How many words are heard from one address. What is dropped here is made good by the player's next word, which says
all that came before it: a crowd behind one address loses nothing but a few seconds at the end of a play.
"""

from __future__ import annotations

from collections import Counter

WINDOW = 10.0  # seconds
MOST = 300  # words from one address in a window, for each server process


class Gate:
    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._window = 0
        self._heard: Counter[int] = Counter()

    def is_flooded(self, origin: int, now: float) -> bool:
        window = int(now // WINDOW)
        if window != self._window:
            self._window = window
            self._heard.clear()
        self._heard[origin] += 1
        return self._heard[origin] > self._most
