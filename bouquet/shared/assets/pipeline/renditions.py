"""The rows of what can be played, and the multivariant playlist that lists them (RFC 8216), written by us: ffmpeg's own
names no codecs for a copied stream and guesses bandwidths."""

from __future__ import annotations

from fractions import Fraction

from bouquet.shared.assets.models import Asset, Rendition
from bouquet.shared.assets.pipeline.encode import sound_name
from bouquet.shared.assets.pipeline.facts import Sound
from bouquet.shared.assets.pipeline.job import Job
from bouquet.shared.assets.pipeline.languages import name_of
from bouquet.shared.assets.pipeline.plan import Rung
from bouquet.shared.assets.pipeline.segments import RungFolder, write_whole

_BEGIN_WITH = 720  # lines: the rung that a player without a memory of its bandwidth should try first


def note_source(job: Job, *, growing: bool) -> Rendition:
    width, height = job.facts.picture.shown_size
    return _note(job, "source", job.rung("source"), growing, width, height, job.facts.picture.rate)


def note_rung(job: Job, rung: Rung, *, growing: bool) -> Rendition:
    return _note(job, rung.name, job.rung(rung.name), growing, rung.width, rung.height, job.rung_rate)


def note_sounds(job: Job, *, growing: bool) -> None:
    for number, sound in enumerate(job.facts.sounds):
        folder = job.rung(sound_name(number))
        if folder.cuts:
            _note(job, sound_name(number), folder, growing and not folder.ended, sound=sound, number=number)


def write_master(asset: Asset) -> None:
    """List what the rows say can be played. Whole or not at all; never without the rendition that plays now."""
    rows = list(asset.renditions.all())
    text = master_text(rows)
    if text:
        write_whole(asset.master_playlist, text.encode())


def master_text(rows: list[Rendition]) -> str:
    videos = [row for row in rows if row.kind == Rendition.Kind.VIDEO]
    sounds = sorted(
        (row for row in rows if row.kind == Rendition.Kind.AUDIO), key=lambda row: (len(row.name), row.name)
    )
    if not videos:
        return ""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    if any(row.growing for row in rows):
        # A list that grows looks like a live programme: say that this one starts at its beginning.
        lines.append("#EXT-X-START:TIME-OFFSET=0,PRECISE=YES")
    for number, row in enumerate(sounds):
        lines.append(_sound_line(row, first=number == 0))
    peak = max((row.bandwidth for row in sounds), default=0)
    average = max((row.average_bandwidth for row in sounds), default=0)
    better = any(_is_better(row) for row in videos)
    for row in sorted(videos, key=_order):
        lines += [_variant_line(row, sounds, peak, average, scored=better), f"{row.name}/index.m3u8"]
    return "\n".join(lines) + "\n"


def _order(row: Rendition) -> tuple[bool, bool, int]:
    """H.264 first, for players that begin with what is first; the best rung up to 720 lines, then others, falling."""
    lines = min(row.width or 0, row.height or 0)
    return _is_better(row), lines > _BEGIN_WITH, -lines


def _is_better(row: Rendition) -> bool:
    return row.codecs.startswith("av01")


def _variant_line(row: Rendition, sounds: list[Rendition], peak: int, average: int, *, scored: bool) -> str:
    codecs = ",".join(dict.fromkeys([row.codecs, *(sound.codecs for sound in sounds)]))
    words = [
        f"BANDWIDTH={row.bandwidth + peak}",
        f"AVERAGE-BANDWIDTH={row.average_bandwidth + average}",
        f'CODECS="{codecs}"',
        f"RESOLUTION={row.width}x{row.height}",
        f"FRAME-RATE={row.frame_rate:.3f}",
        # Of two codecs that it can play, a player takes the one that scores higher (RFC 8216bis 4.4.6.2): AV1.
        *([f"SCORE={min(row.width or 0, row.height or 0) + 0.5 * _is_better(row):.1f}"] if scored else []),
        *(['AUDIO="sound"'] if sounds else []),
        "CLOSED-CAPTIONS=NONE",
    ]
    return "#EXT-X-STREAM-INF:" + ",".join(words)


def _sound_line(row: Rendition, *, first: bool) -> str:
    words = [
        "TYPE=AUDIO",
        'GROUP-ID="sound"',
        f'NAME="{_quoted(row.label)}"',
        *([f'LANGUAGE="{row.language}"'] if row.language else []),
        f"DEFAULT={'YES' if first else 'NO'}",
        "AUTOSELECT=YES",
        # What players and systems look for when somebody has asked to have pictures described (RFC 8216bis 4.4.6.1).
        *(['CHARACTERISTICS="public.accessibility.describes-video"'] if row.described else []),
        f'CHANNELS="{row.channels or 2}"',
        f'URI="{row.name}/index.m3u8"',
    ]
    return "#EXT-X-MEDIA:" + ",".join(words)


def _quoted(text: str) -> str:
    """A title from a stranger's file inside a quoted attribute: no quote, no line, no control character."""
    return "".join(letter for letter in text if letter.isprintable() and letter != '"') or "Sound"


def _note(
    job: Job,
    name: str,
    folder: RungFolder,
    growing: bool,
    width: int | None = None,
    height: int | None = None,
    rate: Fraction | None = None,
    *,
    sound: Sound | None = None,
    number: int = 0,
) -> Rendition:
    bandwidth, average = folder.bandwidths()
    values = {
        "kind": Rendition.Kind.AUDIO if sound else Rendition.Kind.VIDEO,
        "width": width,
        "height": height,
        "codecs": folder.init.codec,
        "bandwidth": bandwidth,
        "average_bandwidth": average,
        "frame_rate": float(rate) if rate else None,
        "growing": growing,
        "segments": len(folder.cuts),
        "size": folder.size,
    }
    if sound:
        channels = 1 if sound.channels == 1 else 2
        values |= {"language": sound.language, "label": _label(job, sound, number), "channels": channels}
        values["described"] = sound.described
    return Rendition.objects.update_or_create(asset=job.asset, name=name, defaults=values)[0]


def _label(job: Job, sound: Sound, number: int) -> str:
    """Names of one group differ (RFC 8216 4.3.4.1.1)."""
    label = _called(sound, number)
    same = [each for n, each in enumerate(job.facts.sounds[:number]) if _called(each, n) == label]
    return f"{label[:76]} {number + 1}" if same else label


def _called(sound: Sound, number: int) -> str:
    return sound.title or name_of(sound.language, number + 1, described=sound.described)[:80]
