"""What `POST /tus/` may make. A kind says so in its own `receiving.py`, which is read when the first file comes:

    from bouquet.shared.assets.actions import receiver

    @receiver("video")
    def receive_video(person, *, site, filename, size, metadata) -> Upload: ...

A tus client names it in Upload-Metadata (`purpose`); without one, the only or first registered receiver takes the file.
It raises UploadRefused, like `receive_asset`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.utils.module_loading import autodiscover_modules

from bouquet.shared.assets.models import Upload

Receiver = Callable[..., Upload]
RECEIVERS: dict[str, Receiver] = {}


def receiver(purpose: str) -> Callable[[Receiver], Receiver]:
    def register(function: Receiver) -> Receiver:
        RECEIVERS[purpose] = function
        return function

    return register


def receiver_for(purpose: str) -> Receiver | None:
    _gather()
    return RECEIVERS.get(purpose) if purpose else next(iter(RECEIVERS.values()), None)


@cache
def _gather() -> None:
    autodiscover_modules("receiving")
