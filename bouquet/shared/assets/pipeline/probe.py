"""The first look at a stranger's file: what it is, what is in it, whether it may go on."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings

from bouquet.shared.assets.ffmpeg import EncoderFailed, Limits, run_ffprobe
from bouquet.shared.assets.pipeline import refusals
from bouquet.shared.assets.pipeline.facts import Facts, Picture, Sound
from bouquet.shared.assets.pipeline.job import Job
from bouquet.shared.assets.pipeline.languages import bcp47
from bouquet.shared.assets.pipeline.magic import recognise
from bouquet.shared.assets.pipeline.plan import why_not_as_is
from bouquet.shared.assets.pipeline.sample_table import is_cut_short, read_sample_table

SMALLEST_SIDE, LARGEST_SIDE, MOST_PIXELS = 16, 8192, 36_000_000
MOST_STREAMS, MOST_FRAMES_A_SECOND, MOST_SOUNDS = 32, 241, 8
# Containers with an index: they can be entered in the middle at no cost. The others are searched.
INDEXED = {"mov", "matroska", "avi"}
# Decoders that are in wide use and looked after. Screens, games and oddities of the nineties are not opened.
PICTURE_CODECS = set(
    "h264 hevc av1 vp8 vp9 mpeg1video mpeg2video mpeg4 msmpeg4v2 msmpeg4v3 h263 h263p flv1 vp6 vp6f wmv1 wmv2 wmv3 vc1"
    " mjpeg prores dnxhd dvvideo theora cfhd ffv1 huffyuv ffvhuff utvideo rawvideo svq3 qtrle cinepak png vvc".split()
)
_LIMITS = Limits(cpu=60, wall=120, silence=60, nice=0)


def note_facts(job: Job) -> None:
    """What every later step reads, and what is set now: a plan must not change half-way."""
    facts = probe(job.source)
    asset = job.asset
    cut = {"cut": asset.facts["cut"]} if "cut" in asset.facts else {}  # where in another film it begins (trimming)
    asset.facts = {
        **cut,
        "probe": facts.as_json(),
        "why_not_as_is": why_not_as_is(facts),
        "largest": settings.VIDEO_LARGEST_RUNG,
    }
    asset.duration = facts.duration
    asset.width, asset.height = facts.picture.shown_size
    asset.save(update_fields=["facts", "duration", "width", "height"])


def probe(path: Path) -> Facts:
    """Raises Refused with a sentence for its owner."""
    demuxer = recognise(path)
    if demuxer == "mov" and is_cut_short(path):
        raise refusals.cut_short()
    if demuxer == "avi" and _riff_is_cut_short(path):
        raise refusals.cut_short()
    found = _ask(path, demuxer)
    streams = found.get("streams", [])
    if len(streams) > MOST_STREAMS:
        raise refusals.too_many_streams()
    start = _number(found.get("format", {}).get("start_time"))
    picture = _picture_of(_main_picture(streams), start)
    _check_picture(picture)
    picture = _with_gaps(path, demuxer, picture)
    duration = _duration_of(found, streams, picture) or _measure(path, demuxer, picture)
    _check_duration(duration, picture)
    return Facts(
        demuxer=demuxer,
        duration=duration,
        bitrate=int(path.stat().st_size * 8 / duration),
        picture=picture,
        sounds=tuple(_sounds_of(streams, start)),
        indexed=demuxer in INDEXED,
    )


def _ask(path: Path, demuxer: str) -> dict[str, Any]:
    try:
        found, said = run_ffprobe(path, demuxer, ["-show_format", "-show_streams"], limits=_LIMITS)
    except EncoderFailed as error:
        if error.killed:
            raise
        _check_complaint(error.why)
        if "moov atom not found" in error.why or "End of file" in error.why:
            raise refusals.cut_short() from error
        raise refusals.damaged(error.why) from error
    _check_complaint(said)
    return found


def _check_complaint(said: str) -> None:
    """The decoder refuses pictures above its limit before any memory is taken for them."""
    if size := re.search(r"Picture size (\d+)x(\d+)", said):
        raise refusals.too_large(int(size[1]), int(size[2]), LARGEST_SIDE)


def _riff_is_cut_short(path: Path) -> bool:
    """The RIFF header says how long the file is; 0 and 2^32-1 mean that its writer did not know."""
    with path.open("rb") as file:
        said = int.from_bytes(file.read(8)[4:8], "little")
    return said not in (0, 0xFFFFFFFF) and path.stat().st_size < said


def _main_picture(streams: list[dict[str, Any]]) -> dict[str, Any]:
    pictures = [
        each
        for each in streams
        if each.get("codec_type") == "video" and not each.get("disposition", {}).get("attached_pic")
    ]
    if not pictures:
        sounds = any(each.get("codec_type") == "audio" for each in streams)
        raise refusals.no_picture() if sounds else refusals.nothing_inside()
    return max(
        pictures,
        key=lambda each: (
            each.get("codec_name") in PICTURE_CODECS,
            each.get("disposition", {}).get("default", 0),
            (each.get("width") or 0) * (each.get("height") or 0),
        ),
    )


def _picture_of(stream: dict[str, Any], file_start: float) -> Picture:
    if stream.get("codec_tag_string") in ("encv", "drmi"):
        raise refusals.protected()
    pix_fmt = stream.get("pix_fmt", "")
    rotation, turned = _rotation_of(stream)
    average, base = stream.get("avg_frame_rate", "0/0"), stream.get("r_frame_rate", "0/0")
    if _rate(average) == 0:
        average = base if _rate(base) else "25/1"
    if _rate(base) == 0:
        base = average
    return Picture(
        index=stream["index"],
        codec=stream.get("codec_name", "unknown"),
        profile=str(stream.get("profile", "")),
        level=int(stream.get("level") or 0),
        pix_fmt=pix_fmt,
        depth=_depth_of(stream, pix_fmt),
        chroma=next((name for name in ("420", "422", "444", "440", "411", "410") if name in pix_fmt), "other"),
        width=int(stream.get("width") or 0),
        height=int(stream.get("height") or 0),
        aspect=_aspect_of(stream),
        rotation=rotation,
        turned=turned,
        frame_rate=average,
        base_rate=base,
        variable=abs(_rate(average) - _rate(base)) > _rate(base) * Fraction(1, 100),
        field_order=stream.get("field_order", "unknown"),
        transfer=stream.get("color_transfer", ""),
        primaries=stream.get("color_primaries", ""),
        matrix=stream.get("color_space", ""),
        full_range=stream.get("color_range") == "pc",
        bitrate=int(_number(stream.get("bit_rate"))),
        start=max(0.0, _number(stream.get("start_time")) - file_start),
        duration=_own_duration(stream),
    )


def _rotation_of(stream: dict[str, Any]) -> tuple[int, bool]:
    for data in stream.get("side_data_list", []):
        if "displaymatrix" in data or data.get("side_data_type") == "Display Matrix":
            counter_clockwise = int(_number(data.get("rotation")))
            return round(-counter_clockwise / 90) * 90 % 360, True
    return 0, False


def _depth_of(stream: dict[str, Any], pix_fmt: str) -> int:
    for depth in (9, 10, 12, 14, 16):
        if pix_fmt.endswith((f"p{depth}le", f"p{depth}be", f"p0{depth}le", f"{depth}le")):
            return depth
    return int(_number(stream.get("bits_per_raw_sample")) or 8)


def _aspect_of(stream: dict[str, Any]) -> str:
    """Sample aspect; what would stretch a picture more than four times is taken for a mistake."""
    text = stream.get("sample_aspect_ratio", "1:1")
    left, _, right = text.partition(":")
    if not (left.isdigit() and right.isdigit()) or not int(left) or not int(right):
        return "1:1"
    return text if Fraction(1, 4) <= Fraction(int(left), int(right)) <= 4 else "1:1"


def _check_picture(picture: Picture) -> None:
    if picture.codec not in PICTURE_CODECS:
        raise refusals.codec_unknown(picture.codec)
    sides = (picture.width, picture.height, *picture.shown_size)
    if max(sides) > LARGEST_SIDE or picture.width * picture.height > MOST_PIXELS:
        raise refusals.too_large(picture.width, picture.height, LARGEST_SIDE)
    if min(picture.width, picture.height) <= 0:
        raise refusals.damaged("no size")
    if min(sides) < SMALLEST_SIDE:
        raise refusals.too_small(picture.width, picture.height, SMALLEST_SIDE)
    if picture.rate > MOST_FRAMES_A_SECOND:
        raise refusals.too_many_frames()


def _with_gaps(path: Path, demuxer: str, picture: Picture) -> Picture:
    """Only for a picture that could be served as it is: how far apart its keyframes lie."""
    if picture.codec != "h264":
        return picture
    if demuxer == "mov":
        table = read_sample_table(path)
        if table is None:
            return picture
        return replace(
            picture,
            keyframe_gap=table.keyframe_gap,
            frame_gap=table.frame_gap,
            whole_scan=True,
            plain_edits=table.plain_edits,
            one_header=table.one_header,
        )
    if demuxer == "matroska":
        keyframes, frames = _packet_gaps(path, demuxer, picture.index)
        return replace(picture, keyframe_gap=keyframes, frame_gap=frames)
    return picture


def _packet_gaps(path: Path, demuxer: str, index: int) -> tuple[float | None, float | None]:
    """Of the first minute: the longest distance between keyframes and between frames."""
    arguments = ["-select_streams", str(index), "-show_entries", "packet=pts_time,flags", "-read_intervals", "%+60"]
    try:
        packets = run_ffprobe(path, demuxer, arguments, limits=_LIMITS)[0].get("packets", [])
    except EncoderFailed:
        return None, None
    times = sorted(_number(each.get("pts_time")) for each in packets)
    keys = sorted(_number(each.get("pts_time")) for each in packets if "K" in each.get("flags", ""))
    if len(times) < 2 or not keys:
        return None, None
    keys.append(times[-1])
    return _widest(keys), _widest(times)


def _widest(times: list[float]) -> float:
    return max((later - earlier for earlier, later in pairwise(times)), default=0.0)


def _duration_of(found: dict[str, Any], streams: list[dict[str, Any]], picture: Picture) -> float:
    """The picture's own length where the container says it; else the container's."""
    own = next((_number(each.get("duration")) for each in streams if each["index"] == picture.index), 0.0)
    whole = _number(found.get("format", {}).get("duration"))
    return max(own, whole)


def _own_duration(stream: dict[str, Any]) -> float:
    """Of one stream; Matroska writes it as a tag ("00:00:05.280000000")."""
    if own := _number(stream.get("duration")):
        return own
    tag = next((text for name, text in stream.get("tags", {}).items() if name.upper().startswith("DURATION")), "")
    found = re.fullmatch(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)", tag)
    return int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3]) if found else 0.0


def _measure(path: Path, demuxer: str, picture: Picture) -> float:
    """Browsers' recorders write no duration: read every packet of the picture once."""
    arguments = ["-select_streams", str(picture.index), "-show_entries", "packet=pts_time"]
    try:
        packets = run_ffprobe(path, demuxer, arguments, limits=Limits(cpu=300, wall=600, output=512 * 1024 * 1024))[0]
    except EncoderFailed as error:
        if error.killed:
            raise
        raise refusals.damaged(error.why) from error
    times = [_number(each.get("pts_time")) for each in packets.get("packets", [])]
    return max(times) - min(times) + float(1 / picture.rate) if times else 0.0


def _check_duration(duration: float, picture: Picture) -> None:
    if duration <= 0 or duration * picture.rate < 0.5:
        raise refusals.too_short()
    if duration > settings.VIDEO_MAX_HOURS * 3600:
        raise refusals.too_long(settings.VIDEO_MAX_HOURS)


def _sounds_of(streams: list[dict[str, Any]], file_start: float) -> list[Sound]:
    sounds = [each for each in streams if each.get("codec_type") == "audio" and each.get("channels")]
    # The one that plays by itself first; a description of the picture is for who asks for it.
    sounds.sort(key=lambda each: (_is_described(each), -each.get("disposition", {}).get("default", 0)))
    return [
        Sound(
            index=each["index"],
            codec=each.get("codec_name", "unknown"),
            profile=str(each.get("profile", "")),
            channels=int(each["channels"]),
            sample_rate=int(_number(each.get("sample_rate")) or 48000),
            language=bcp47(each.get("tags", {}).get("language", "")),
            title=each.get("tags", {}).get("title", "")[:80],
            bitrate=int(_number(each.get("bit_rate"))),
            start=_number(each.get("start_time")) - file_start,
            duration=_own_duration(each),
            described=_is_described(each),
        )
        for each in sounds[:MOST_SOUNDS]
        if each.get("codec_name", "unknown") not in ("unknown", "none")
    ]


def _is_described(stream: dict[str, Any]) -> bool:
    """Audio description, as containers mark it: Matroska's FlagVisualImpaired, MPEG-TS' audio type 3, MP4's kind."""
    marks = stream.get("disposition", {})
    return bool(marks.get("visual_impaired") or marks.get("descriptions"))


def _number(text: Any) -> float:
    try:
        value = float(text)
    except (TypeError, ValueError):
        return 0.0
    return value if abs(value) < 1e9 else 0.0


def _rate(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return Fraction(0)
