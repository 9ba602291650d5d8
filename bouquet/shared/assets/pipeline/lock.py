"""One process at a time moves an asset on: plans, publishes, writes playlists.

The lock goes with the process that holds it, on one machine and on a folder that several share.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bouquet.shared.assets.models import Asset


@contextmanager
def alone_with(asset: Asset, *, wait: float = 0.0) -> Iterator[bool]:
    """Whether this process is the only one at work on it, after `wait` seconds at most."""
    asset.upload_folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + wait
    with (asset.upload_folder / "lock").open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    yield False
                    return
                time.sleep(0.05)
            else:
                yield True
                return
