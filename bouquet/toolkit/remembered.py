"""What is made once for the same values, in this process, and kept for a minute: pieces of HTML (`{% remember %}`),
and what a view works out.

    remembered(("sizes", page.uid, digest), work_it_out)

The key names *all* the values that it is made of, first what says which one it is: what changed has another key, and
nothing has to be emptied. What differs from reader to reader is in the key, or is not remembered.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.utils.translation import get_language

MOST = 4000  # things
MOST_LETTERS = 12_000_000  # of the texts among them: some twenty megabytes
SECONDS = 60  # “3 minutes ago” may be so old

_made: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_letters = 0
_lock = Lock()


def remembered(key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """What `make` gave for this key, in this language, lately. None is not kept. A key that cannot be one (a list in
    it) is no key: it is made each time."""
    whole = (get_language(), int(time.time() // SECONDS), *key)
    try:
        if (known := _made.get(whole)) is not None:
            return known
    except TypeError:
        return make()
    made = make()
    if made is not None:
        _keep(whole, made)
    return made


def forget() -> None:
    """For benches and tests."""
    global _letters
    with _lock:
        _made.clear()
        _letters = 0


def _keep(key: tuple[Any, ...], made: Any) -> None:
    """The oldest go first; what is very large is not kept."""
    global _letters
    if (letters := _size(made)) > MOST_LETTERS // 8:
        return
    with _lock:
        _letters += letters - _size(_made.get(key))
        _made[key] = made
        while len(_made) > MOST or _letters > MOST_LETTERS:
            _key, gone = _made.popitem(last=False)
            _letters -= _size(gone)


def _size(made: Any) -> int:
    return len(made) if isinstance(made, str) else 0
