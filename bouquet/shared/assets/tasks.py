"""Tasks of assets: short shells that take an id. Each lane does its steps and hands on to the next."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import translation

from bouquet.shared.assets.captions.hearing import hear_on
from bouquet.shared.assets.captions.writing import restore_files
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.originals.moving import sweep_what_was_left, tend_next
from bouquet.shared.assets.pipeline import Owner, advance, stalled_assets, unfinished_reencodings
from bouquet.shared.assets.pipeline.picture import make_anew
from bouquet.shared.assets.store.bucket import Bucket, StoreAway
from bouquet.shared.assets.store.fetching import original_here
from bouquet.shared.assets.store.moving import bring_next, due, store_next
from bouquet.shared.assets.store.opening import open_bucket
from bouquet.shared.assets.store.sweeping import forget_film, sweep_here, sweep_there
from bouquet.shared.assets.trimming import Gone, cut, note_cut, remove_cut
from bouquet.shared.assets.tus.endings import note_last_byte, whole_but_unnoticed
from bouquet.shared.assets.tus.tidying import give_up_expired, sweep_folders
from bouquet.toolkit.tasks import TaskContext, daily, every, task
from bouquet.toolkit.tasks.models import TaskRow

log = logging.getLogger("bouquet.assets")


@task(lane="first", key="asset {asset_id}", retries=8)
def prepare_asset(asset_id: int) -> None:
    """From the last byte to the first playable rendition."""
    _hand_on(asset_id, advance(asset_id, "first"))


@task(lane="ladder", key="asset {asset_id} seat {seat}", retries=8, takes_context=True)
def encode_ladder(context: TaskContext, asset_id: int, seat: int = 0) -> None:
    """One piece of the film. Each seat is one task of this film at a time; several films' seats take turns."""
    _one_piece(context, "ladder", asset_id, seat)


@task(lane="extras", key="asset {asset_id}", retries=8)
def make_storyboard(asset_id: int) -> None:
    """The storyboard, the loudness, and the word that all is ready."""
    _hand_on(asset_id, advance(asset_id, "extras"))


@task(lane="first", key="cut {asset_id}", retries=4)
def cut_original(asset_id: int, former_id: int, starts_at: float, ends_at: float) -> None:
    """A new original out of another one, its picture copied; then it is prepared like any other."""
    _cut(asset_id, former_id, starts_at, ends_at, exact=False)


@task(lane="ladder", key="cut {asset_id}", retries=4)
def cut_original_exactly(asset_id: int, former_id: int, starts_at: float, ends_at: float) -> None:
    """The same at exactly these moments, which takes an encode."""
    _cut(asset_id, former_id, starts_at, ends_at, exact=True)


@task(lane="extras", priority=-10, key="asset {asset_id} seat {seat}", retries=8, takes_context=True)
def encode_largest(context: TaskContext, asset_id: int, seat: int = 0) -> None:
    """One piece of the rungs above 1080 lines: after every storyboard that waits."""
    _one_piece(context, "largest", asset_id, seat)


@task(lane="extras", priority=-20, key="asset {asset_id} seat {seat}", retries=8, takes_context=True)
def encode_better(context: TaskContext, asset_id: int, seat: int = 0) -> None:
    """One piece of what was asked for of a film that is ready: when there is nothing else to do."""
    _one_piece(context, "better", asset_id, seat)


_OF_LANE = {
    **{"first": prepare_asset, "ladder": encode_ladder, "extras": make_storyboard},
    **{"largest": encode_largest, "better": encode_better},
}


def _one_piece(context: TaskContext, lane: str, asset_id: int, seat: int) -> None:
    def call_others(waiting: int) -> None:
        for other in [each for each in range(settings.VIDEO_PIECES_AT_ONCE) if each != seat][:waiting]:
            _OF_LANE[lane].enqueue(asset_id, other)

    owner = Owner(str(context.task_result.id), context.attempt)
    goes_on = advance(asset_id, lane, owner, call_others)
    if goes_on == lane:
        _OF_LANE[lane].enqueue(asset_id, seat)
    else:
        _hand_on(asset_id, goes_on)


@every(minutes=10)
@task(lane="extras")
def resume_stalled_assets() -> None:
    """A task that failed for good (a disk full for hours) leaves its asset waiting: take it up again."""
    for asset_id in stalled_assets().values_list("pk", flat=True)[:200]:
        prepare_asset.enqueue(asset_id)
    for asset_id in unfinished_reencodings()[:200]:
        encode_better.enqueue(asset_id)


def _cut(asset_id: int, former_id: int, starts_at: float, ends_at: float, *, exact: bool) -> None:
    asset = Asset.objects.filter(pk=asset_id, state=Asset.State.WAITING).select_related("owner").first()
    former = Asset.objects.filter(pk=former_id).first()
    if asset is None:
        return
    with translation.override((asset.owner.language if asset.owner else "") or settings.LANGUAGE_CODE):
        try:
            begin = cut(asset, former, starts_at=starts_at, ends_at=ends_at, exact=exact)
        except (Gone, FileNotFoundError):
            if Asset.objects.filter(pk=asset_id).exists():
                raise
            remove_cut(asset)
            return
    if begin is None:
        return
    with transaction.atomic():
        if note_cut(asset, begin, starts_at):
            prepare_asset.enqueue(asset_id)


@task(lane="default", key="picture {asset_id}", retries=4)
def make_picture_anew(asset_id: int) -> None:
    """What matters in it has been said: its cuts keep that in sight. Nothing where it was removed or is not ready."""
    asset = Asset.objects.filter(pk=asset_id).exclude(poster="").first()
    if asset is not None and asset.source:
        make_anew(asset, original_here(asset))


def _hand_on(asset_id: int, lane: str | None) -> None:
    if lane:
        _OF_LANE[lane].enqueue(asset_id)


@every(minutes=10)
@task(lane="default")
def tidy_uploads() -> None:
    """Take up uploads whose last byte a killed server did not tell of; give up those that waited too long."""
    for upload in whole_but_unnoticed():
        with transaction.atomic():
            if note_last_byte(upload):
                prepare_asset.enqueue(upload.asset_id)
    give_up_expired()


@task(lane="extras", key="hearing {asset_id}", retries=4)
def hear_film(asset_id: int, language: str) -> None:
    """A piece of what is said in it; then other films have their turn."""
    if hear_on(asset_id, language):
        hear_film.enqueue(asset_id, language)


@daily("03:20")
@task(lane="extras")
def restore_caption_files() -> None:
    """The rows are the truth: a folder that came back from a copy without its captions gets them again."""
    for asset in Asset.objects.filter(captions__isnull=False).distinct().only("uid").iterator(chunk_size=500):
        restore_files(asset)


@daily("04:10")
@task(lane="extras")
def sweep_asset_folders() -> None:
    sweep_folders()


@daily("04:40")
@task(lane="extras", key="originals")
def look_after_originals() -> int:
    """As the operator's policy says: those that a kill left behind go, then one film after another has its turn."""
    gone = sweep_what_was_left()
    tend_original.enqueue()
    return gone


@task(lane="extras", priority=-30, key="original", retries=8)
def tend_original(after: int = 0, moving: bool = True) -> int | None:
    """One original is moved or dropped; then other work has its turn. Gives its film's id."""
    done = tend_next(after, moving=moving)
    if done is None:
        return None
    tend_original.enqueue(*done)
    return done[0]


@every(minutes=10)
@task(lane="extras", key="look at the object store")
def look_after_store() -> None:
    """Films whose hours here are over go to the object store, one after another; a row for the next is the sign that
    they are under way."""
    under_way = TaskRow.objects.filter(
        task=store_next_film.module_path, state__in=[TaskRow.State.WAITING, TaskRow.State.RUNNING]
    )
    hours = settings.OBJECT_STORE_AFTER_HOURS
    if settings.OBJECT_STORE and hours >= 0 and due(hours).exists() and not under_way.exists():
        store_next_film.enqueue(0, hours)


@task(lane="extras", priority=-25, key="store", retries=8)
def store_next_film(after: int = 0, hours: int = 0) -> int | None:
    """One film goes to the object store; then other work has its turn. Gives its id. A store that is away: later."""
    try:
        done = store_next(after, hours)
    except StoreAway as why:
        log.warning("films are not moved now: %s", why)
        return None
    if done is not None:
        store_next_film.enqueue(done, hours)
    return done


@task(lane="extras", priority=-25, key="back", retries=8)
def bring_next_back(after: int = 0) -> int | None:
    """One film comes back from the object store, and nothing of it stays there. Gives its id."""
    done = bring_next(after)
    if done is not None:
        bring_next_back.enqueue(done)
    return done


@task(lane="extras", key="forget {uid}", retries=12)
def forget_stored(uid: str) -> int:
    """What a film that was removed has in the object store."""
    return forget_film(open_bucket(), uid)


@every(minutes=60)
@task(lane="extras", key="clear what is stored")
def clear_what_is_stored() -> int:
    """Files of films in the object store that work fetched or made, or a kill left here: there, and away from here."""
    return _swept(sweep_here)


@daily("05:10")
@task(lane="extras", key="sweep the object store")
def sweep_store() -> int:
    """Objects of films that are gone."""
    return _swept(sweep_there)


def _swept(sweep: Callable[[Bucket], int]) -> int:
    if not settings.OBJECT_STORE:
        return 0
    try:
        return sweep(open_bucket())
    except StoreAway as why:
        log.warning("the object store is not swept now: %s", why)
        return 0
