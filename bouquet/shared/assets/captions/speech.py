"""The optional ear: a speech model on this machine writes a first version of captions, a piece of the film at a time.

Here only where the operator installed the extra `speech` (faster-whisper) and BOUQUET_SPEECH_MODEL names the folder of
a model: otherwise nothing is offered. Sound is decoded from our own rung by ffmpeg in its cage; the model sees samples.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings

from bouquet.shared.assets.captions.cues import Cue
from bouquet.shared.assets.ffmpeg import Limits, input_arguments, run_ffmpeg
from bouquet.shared.assets.ffmpeg.limits import MIB
from bouquet.shared.assets.models import Asset, Rendition
from bouquet.shared.assets.pipeline.segments import RungFolder, write_whole
from bouquet.shared.assets.store.fetching import rung_here
from bouquet.toolkit.tasks import heartbeat

PIECE = 300.0  # seconds heard at a time; a killed worker loses no more
RATE = 16_000
LONGEST_LINE = 42  # letters: what subtitles usually show
LONGEST_CUE = 6.0  # seconds
HARDLY_SPEECH = 0.8


class NothingToHear(Exception):
    """The film has no sound."""


@dataclass
class Notes:
    """How far the ear is: kept beside the original, whole or not at all."""

    at: float = 0.0
    language: str = ""
    cues: list[tuple[int, int, str]] = field(default_factory=list)
    path: Path | None = None

    @classmethod
    def of(cls, asset: Asset, language: str) -> Notes:
        path = asset.upload_folder / "heard.json"
        try:
            notes = cls(**json.loads(path.read_text()), path=path)
        except (FileNotFoundError, ValueError, TypeError):
            notes = cls(path=path)
        return notes if not language or notes.language in ("", language) else cls(path=path)

    def keep(self) -> None:
        if self.path is not None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            what = {name: value for name, value in asdict(self).items() if name != "path"}
            write_whole(self.path, json.dumps(what).encode())

    def forget(self) -> None:
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def is_offered() -> bool:
    """Whether this network can hear."""
    return (
        bool(settings.SPEECH_MODEL)
        and (model_folder() / "model.bin").is_file()
        and find_spec("faster_whisper") is not None
    )


def model_folder() -> Path:
    return Path(settings.SPEECH_MODEL)


def hear_piece(asset: Asset, notes: Notes) -> bool:
    """Hears on from where the notes stop, and keeps them. True: that was the end. Raises NothingToHear."""
    sound = _sound(asset)
    start, left = notes.at, sound.duration - notes.at
    samples = _samples(sound, start, min(PIECE, left))
    segments, info = _model().transcribe(
        samples,
        language=notes.language.partition("-")[0] or None,
        word_timestamps=True,
        condition_on_previous_text=False,
        vad_filter=False,
    )
    heard: list[tuple[int, int, str]] = []
    for segment in segments:
        heartbeat(min(0.99, (start + segment.end) / max(sound.duration, 0.1)))
        if segment.no_speech_prob < HARDLY_SPEECH:
            heard += [(cue.start, cue.end, cue.text) for cue in _cues(segment, start)]
    notes.language = notes.language or info.language
    is_end = left <= PIECE + 0.1
    if not is_end and len(heard) > 1:  # a sentence that the cut fell into is heard again with the next piece
        last = heard.pop()
        notes.at = max(last[0] / 1000, start + PIECE / 2)
    else:
        notes.at = start + min(PIECE, left)
    notes.cues += heard
    notes.keep()
    return is_end


@cache
def _model() -> Any:
    """Loaded once in a worker. Nothing is ever fetched: the folder is all it may read."""
    from faster_whisper import WhisperModel

    threads = settings.VIDEO_THREADS or 0
    folder = str(model_folder())
    return WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True)


def _sound(asset: Asset) -> RungFolder:
    tracks = asset.renditions.filter(kind=Rendition.Kind.AUDIO, growing=False).order_by("pk")
    for track in tracks:
        rung_here(asset, track.name)
        folder = RungFolder(asset.stream_folder / track.name)
        if folder.cuts:
            return folder
    raise NothingToHear(str(asset))


def _samples(sound: RungFolder, start: float, seconds: float) -> Any:
    """Mono samples from -1 to 1. Whole segments are fed; what stands before `start` is cut off."""
    import numpy

    first, began, index = 0, 0.0, 0
    while index < len(sound.cuts) and began + sound.cuts[index].duration <= start:
        began += sound.cuts[index].duration
        first = index = index + 1
    taken = bytearray()

    def arguments(pipes: list[str]) -> list[str]:
        words = input_arguments(None, "mov", before=["-threads", "1"])
        return [*words, "-vn", "-ac", "1", "-ar", str(RATE), "-f", "s16le", pipes[0]]

    wanted = int((start - began + seconds) * RATE) * 2
    limits = Limits(cpu=int(60 + seconds), wall=int(300 + seconds * 2), output=wanted + 64 * MIB, nice=10)
    run_ffmpeg(arguments, [taken.extend], limits=limits, feed=_bytes(sound, first, start + seconds - began))
    samples = numpy.frombuffer(bytes(taken[:wanted]), dtype="<i2").astype("float32") / 32768
    return samples[int((start - began) * RATE) :]


def _bytes(sound: RungFolder, first: int, seconds: float) -> Iterator[bytes]:
    yield (sound.folder / "init.mp4").read_bytes()
    fed = 0.0
    for index in range(first, len(sound.cuts)):
        if fed >= seconds:
            return
        yield sound.segment_path(index).read_bytes()
        fed += sound.cuts[index].duration


def _cues(segment: Any, shift: float) -> Iterator[Cue]:
    """A segment's words as cues of at most two lines and six seconds."""
    words = list(segment.words or [])
    if not words:
        yield _cue(segment.start + shift, segment.end + shift, segment.text)
        return
    begun: list[Any] = []
    for word in words:
        text = "".join(each.word for each in begun)
        too_long = len(text) + len(word.word) > 2 * LONGEST_LINE
        if begun and (too_long or word.end - begun[0].start > LONGEST_CUE):
            yield _cue(begun[0].start + shift, begun[-1].end + shift, text)
            begun = []
        begun.append(word)
    yield _cue(begun[0].start + shift, begun[-1].end + shift, "".join(each.word for each in begun))


def _cue(start: float, end: float, text: str) -> Cue:
    return Cue(round(start * 1000), max(round(end * 1000), round(start * 1000) + 200), in_lines(" ".join(text.split())))


def in_lines(text: str) -> str:
    """Two lines of about the same length where one would be too long."""
    if len(text) <= LONGEST_LINE:
        return text
    middle = len(text) / 2
    spaces = [place for place, each in enumerate(text) if each == " "]
    cut = min(spaces, key=lambda place: abs(place - middle), default=0)
    return f"{text[:cut]}\n{text[cut + 1 :]}" if cut else text
