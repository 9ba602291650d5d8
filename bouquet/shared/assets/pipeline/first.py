"""The first playable rendition: published while it is made, as soon as a player can start with it."""

from __future__ import annotations

import shutil
import time

from django.db import transaction

from bouquet.shared.assets.captions.writing import restore_files
from bouquet.shared.assets.models import Asset, Rendition
from bouquet.shared.assets.pipeline import refusals
from bouquet.shared.assets.pipeline.cutting import CannotCut
from bouquet.shared.assets.pipeline.encode import copy_source, encode_first, sound_name
from bouquet.shared.assets.pipeline.job import Job
from bouquet.shared.assets.pipeline.outcome import note_playable
from bouquet.shared.assets.pipeline.plan import chunks_of
from bouquet.shared.assets.pipeline.poster import best_picture, make_poster
from bouquet.shared.assets.pipeline.renditions import note_rung, note_sounds, note_source, write_master
from bouquet.shared.assets.pipeline.segments import RungFolder

_ENOUGH = 3.9  # seconds of picture that a player needs to begin
_EVERY = 0.5  # seconds between two writings of a growing playlist


def make_first(job: Job) -> None:
    """A copy of the source where browsers play it as it is; else the first piece of a low rung. Raises Refused."""
    if job.plan.as_is:
        job.picture = best_picture(job)  # proves that it can be decoded, before it is served as it is
        if _copy(job):
            return
    chunk = chunks_of(job.plan)[0]
    publishing = Publishing(job)
    encode_first(job, chunk, on_segment=publishing.on_segment)
    publishing.finish(ended=chunk.is_last)


def _copy(job: Job) -> bool:
    publishing = Publishing(job)
    try:
        copy_source(job, on_segment=publishing.on_segment)
    except CannotCut as error:
        _forget_copy(job, str(error))
        return False
    publishing.finish(ended=True)
    return True


def _forget_copy(job: Job, why: str) -> None:
    """What looked ready for browsers was not: encode it like any other."""
    job.asset.facts |= {"as_is": False, "why_not_as_is": why}
    with transaction.atomic():
        Asset.objects.filter(pk=job.asset.pk).update(facts=job.asset.facts)
        Rendition.objects.filter(asset=job.asset).delete()
    shutil.rmtree(job.asset.stream_folder, ignore_errors=True)
    restore_files(job.asset)  # captions may come before the film is ready
    del job.plan


class Publishing:
    """Looks after playlists and rows while segments come."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._announced = job.asset.playable_at is not None
        self._written_at = 0.0
        self._folders: dict[str, RungFolder] = {}

    def on_segment(self, folder: RungFolder) -> None:
        self._folders[folder.folder.name] = folder
        if not self._announced and self._is_enough():
            self._write(ended=False)
            self._note(growing=True)
            self._announced = True
            make_poster(self.job)  # ffmpeg goes on meanwhile: its pipes hold what comes
        elif self._announced and time.monotonic() - self._written_at > _EVERY:
            self._write(ended=False)

    def finish(self, *, ended: bool) -> None:
        """The run is over: rows and playlists say what there is, and whether more will come."""
        self._write(ended=ended)
        if not self.job.rung(self._picture()).cuts:
            raise refusals.damaged("not one segment came out")
        self._note(growing=not ended)

    def _picture(self) -> str:
        return "source" if self.job.plan.as_is else self.job.plan.first_rung.name

    def _sounds(self) -> list[str]:
        return [sound_name(number) for number in range(len(self.job.facts.sounds))]

    def _is_enough(self) -> bool:
        picture = self._folders.get(self._picture())
        heard = all(name in self._folders for name in self._sounds())
        return picture is not None and picture.duration >= _ENOUGH and heard

    def _write(self, *, ended: bool) -> None:
        self._written_at = time.monotonic()
        for folder in self._folders.values():
            if folder.ended:
                continue
            if ended:
                folder.end()
            else:
                folder.write_playlist()
        if ended:
            self._end()

    def _end(self) -> None:
        picture = self.job.rung(self._picture())
        if picture.cuts and not picture.ended:
            picture.end()  # its last piece was empty: the film is shorter than it said
        for name in self._sounds():
            sound = self.job.rung(name)
            sound.drop_after(picture.duration)
            sound.end()

    def _note(self, *, growing: bool) -> None:
        job = self.job
        with transaction.atomic():
            if job.plan.as_is:
                note_source(job, growing=growing)
            else:
                note_rung(job, job.plan.first_rung, growing=growing)
            note_sounds(job, growing=growing)
            write_master(job.asset)
            note_playable(job.asset)
