"""What every step is given: the asset, its plan, its folders, and a clock that beats while ffmpeg works."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from django.conf import settings
from PIL import Image

from bouquet.shared.assets.ffmpeg import Limits
from bouquet.shared.assets.ffmpeg.limits import MIB
from bouquet.shared.assets.models import Asset, Piece, Step
from bouquet.shared.assets.pipeline.claims import folder_of, note_progress
from bouquet.shared.assets.pipeline.facts import Facts
from bouquet.shared.assets.pipeline.plan import Plan, Rung, make_plan
from bouquet.shared.assets.pipeline.segments import RungFolder
from bouquet.shared.assets.store.bucket import StoreAway
from bouquet.shared.assets.store.fetching import original_here, rung_here
from bouquet.toolkit.tasks import heartbeat

_BEAT = 1.0  # seconds


class Gone(Exception):
    """The asset was removed while it was worked on."""


class NotNow(RuntimeError):
    """It cannot go on at the moment, through no fault of the film: it is tried again later, and not counted."""


class DiskFull(NotNow):
    """Not enough room to go on."""


class FilesAway(NotNow):
    """The object store that has what is needed does not answer."""


@dataclass
class Job:
    asset: Asset
    step: Step
    piece: Piece | None = None  # of a film that is made in pieces; what it encodes goes into a folder of its own
    picture: Image.Image | None = None  # for the poster, when it was decoded before there was time to write it
    _beat_at: float = field(default=0.0, repr=False)

    @cached_property
    def facts(self) -> Facts:
        return Facts.from_json(self.asset.facts["probe"])

    @cached_property
    def plan(self) -> Plan:
        return make_plan(self.facts, as_is=self.asset.facts.get("as_is"), largest=self.asset.facts.get("largest"))

    @property
    def rung_rate(self) -> Fraction:
        """Pictures a second of encoded rungs: the source's own beside a copied one."""
        return self.facts.picture.rate if self.plan.as_is else self.plan.rate

    @property
    def source(self) -> Path:
        """Here: fetched first where it lies in the object store."""
        try:
            path = original_here(self.asset)
        except StoreAway as why:
            raise FilesAway(str(why)) from why
        if not path.exists():
            raise FileNotFoundError(f"the original of {self.asset} is gone")
        return path

    def rung(self, name: str) -> RungFolder:
        try:
            rung_here(self.asset, name)
        except StoreAway as why:
            raise FilesAway(str(why)) from why
        # The copy of a source may bring a longer segment later: there is room for it in its playlist from the start.
        return RungFolder(self.asset.stream_folder / name, target=6 if name == "source" else 4)

    def target(self, name: str) -> RungFolder:
        """Where an encoder's segments of a rung go."""
        if self.piece is None:
            return self.rung(name)
        return RungFolder(folder_of(self.asset, self.piece) / name, first=self.piece.first_segment)

    def limits(self, *, seconds: float, output: int, nice: int = 5) -> Limits:
        """For a run that reads `seconds` of the source; its memory grows with the size of one picture."""
        picture = self.facts.picture
        frame = picture.width * picture.height * 3
        slow = 4 if self.step.name == "av1" else 1
        return Limits(
            cpu=int(180 + seconds * 90) * slow,
            wall=int(900 + seconds * 180) * slow,
            silence=180,
            memory=(4096 * MIB + frame * 64) * (2 if slow > 1 else 1),
            output=output,
            nice=nice,
        )

    def budget(self, rungs: Sequence[Rung], seconds: float, sounds: int = 0) -> int:
        """Bytes that a run may hand over: half as much again as its rungs' caps allow."""
        bits = sum(rung.cap for rung in rungs) + sounds * 200_000
        return int(bits * (seconds + 10) / 8 * 1.5) + 32 * MIB

    def check_disk(self, needed: int = 0) -> None:
        settings.STREAMS_ROOT.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(settings.STREAMS_ROOT).free < settings.DISK_RESERVE_BYTES + needed:
            raise DiskFull("the disk is nearly full")

    def beat(self, progress: float) -> None:
        """Once a second at most: say how far we are, and learn whether to go on."""
        now = time.monotonic()
        if now - self._beat_at < _BEAT:
            return
        self._beat_at = now
        heartbeat(progress)
        self.check_disk()
        if self.piece is not None:
            note_progress(self.piece, progress)
            return
        still = Step.objects.filter(pk=self.step.pk).update(progress=min(max(progress, 0.0), 0.999))
        if not still:
            raise Gone(str(self.asset))
