"""The object store as the operator sees it: what lies where, moves in both directions, what is missing there."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from bouquet.shared.assets.store.bucket import StoreAway
from bouquet.shared.assets.store.opening import policy_for_nginx, the_bucket, try_bucket
from bouquet.shared.assets.store.report import Fault, Holding, StoreReport, faults_in, report_of
from bouquet.shared.assets.tasks import bring_next_back, store_next_film

__all__ = [
    "Fault",
    "Holding",
    "StoreRefused",
    "StoreReport",
    "nginx_policy",
    "order_back",
    "order_there",
    "store_faults",
    "store_now",
    "store_trouble",
]


class StoreRefused(Exception):
    """Why not, in a sentence for the operator."""


def store_now(*, hours: int | None = None) -> StoreReport:
    """What lies where, and what would go there now (`hours` after a film is ready; else as it is set)."""
    return report_of(settings.OBJECT_STORE_AFTER_HOURS if hours is None else hours)


def store_trouble() -> str:
    """Why films cannot be moved there or given from there, in a sentence; "" where they can. Asks the store."""
    try:
        try_bucket()
    except StoreAway as why:
        return str(why)
    return ""


def store_faults() -> Iterator[Fault]:
    """Films whose objects are not what their rows say. Asks the store about each. Raises StoreAway."""
    return faults_in(the_bucket())


def nginx_policy() -> str:
    """The bucket's policy for an nginx that fetches by itself. Holds its word: keep it from others' eyes."""
    return policy_for_nginx()


def order_there() -> None:
    """Move every film that is ready, one after another, in the lane for spare time. Asked twice, it is done once."""
    store_next_film.enqueue(0, 0)


def order_back() -> None:
    """Bring every film back, one after another. Raises StoreRefused while films move there by themselves."""
    if settings.OBJECT_STORE_AFTER_HOURS >= 0:
        raise StoreRefused("They would move there again: set BOUQUET_OBJECT_STORE_AFTER_HOURS=-1 first.")
    bring_next_back.enqueue(0)
