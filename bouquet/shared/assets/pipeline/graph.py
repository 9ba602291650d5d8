"""The words ffmpeg is given: filters that make any source an upright, progressive, 8-bit picture in standard range, and
the options of what is encoded. The names of files, titles and languages never come near a command line."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from django.conf import settings

from bouquet.shared.assets.ffmpeg import has_filter, most_threads
from bouquet.shared.assets.pipeline.facts import Picture, Sound
from bouquet.shared.assets.pipeline.plan import LONGEST_REST, Plan, Rung

# Fragments go through a pipe, one per keyframe; times begin at 0 without an edit list, so that pieces join.
VIDEO_MP4 = ["-movflags", "+frag_keyframe+delay_moov+default_base_moof+skip_trailer", "-f", "mp4"]
# The sound's encoder delay must be written down: the index waits for the first packet.
SOUND_MP4 = [
    *("-movflags", "+delay_moov+default_base_moof+skip_trailer"),
    *("-frag_duration", "4000000", "-f", "mp4"),
]
NOTHING_ELSE = ["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn"]
_RGB = ("rgb", "bgr", "gbr", "pal8", "argb", "abgr", "0rgb")


def upright(picture: Picture) -> list[str]:
    """Before scaling. (ffmpeg turns a rotated source by itself.)"""
    return ["bwdif=mode=send_frame:deint=all"] if picture.interlaced else []


def scaled(picture: Picture, width: int, height: int) -> list[str]:
    """To a size, in colours every screen knows. Tone mapping works on the small picture, where it costs least."""
    if picture.high_dynamic_range or picture.primaries == "bt2020":
        if has_filter("zscale") and has_filter("tonemap"):
            return [f"scale={width}:{height}", *_standard_range(picture), "setsar=1"]
    options = []
    if picture.full_range or picture.pix_fmt.startswith(("yuvj", *_RGB)):
        options.append("out_range=tv")
    if picture.pix_fmt.startswith(_RGB):
        options.append("out_color_matrix=bt709")
    return [":".join([f"scale={width}:{height}", *options]), "format=yuv420p", "setsar=1"]


def _standard_range(picture: Picture) -> list[str]:
    transfer = picture.transfer if picture.high_dynamic_range else "2020_10"
    given = f"tin={transfer}:pin=2020:min=2020_ncl:rin={'full' if picture.full_range else 'limited'}"
    if not picture.high_dynamic_range:
        return [f"zscale={given}:t=709:p=709:m=709:r=limited", "format=yuv420p"]
    return [
        f"zscale={given}:t=linear:npl=203",
        "format=gbrpf32le",
        "zscale=p=709",
        "tonemap=tonemap=hable:desat=0",
        "zscale=t=709:m=709:r=limited",
        "format=yuv420p",
    ]


def ladder_graph(plan: Plan, rungs: Sequence[Rung], timing: list[str]) -> str:
    """One decode for all: each rung is scaled from the one above it. `rungs` falls; outputs are [r0], [r1]…"""
    picture = plan.facts.picture
    prepared = [*upright(picture), *timing]
    lines, source = [], f"[0:{picture.index}]"
    for number, rung in enumerate(rungs):
        steps = (
            [*prepared, *scaled(picture, rung.width, rung.height)]
            if number == 0
            else [
                f"scale={rung.width}:{rung.height}",
                "setsar=1",
            ]
        )
        if number == len(rungs) - 1:
            lines.append(f"{source}{','.join(steps)}[r{number}]")
        else:
            lines.append(f"{source}{','.join(steps)},split=2[r{number}][n{number}]")
            source = f"[n{number}]"
    return ";".join(lines)


def constant_rate(plan: Plan, *, skip: int = 0, count: int | None = None) -> list[str]:
    """A grid of pictures that starts at 0, whatever is missing or doubled in the source; of it, a piece."""
    steps = [f"fps=fps={plan.rate.numerator}/{plan.rate.denominator}:start_time=0:round=near"]
    if count is None and plan.facts.hold > LONGEST_REST:
        steps.append(f"tpad=stop_mode=clone:stop_duration={plan.facts.hold:.3f}")
    if skip or count is not None:
        end = f":end_frame={skip + count}" if count is not None else ""
        steps += [f"trim=start_frame={skip}{end}", "setpts=PTS-STARTPTS"]
    return steps


def encoded(rung: Rung, *, keyframes: list[str], timescale: int) -> list[str]:
    """Constant quality under a cap; what the encoder needs to put keyframes where we say and nowhere else."""
    return [
        *(_av1(rung, forced="-force_key_frames" in keyframes) if rung.codec == "av1" else _h264(rung)),
        *keyframes,
        *("-video_track_timescale", str(timescale)),
        *NOTHING_ELSE,
        *VIDEO_MP4,
    ]


def _h264(rung: Rung) -> list[str]:
    return [
        *("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-pix_fmt", "yuv420p"),
        *("-crf", "23", "-maxrate", str(rung.cap), "-bufsize", str(rung.cap * 2), "-sc_threshold", "0"),
        *("-threads", str(settings.VIDEO_THREADS or (0 if most_threads() < 16 else 16))),
    ]


def _av1(rung: Rung, *, forced: bool) -> list[str]:
    """SVT-AV1: at preset 9 about as fast as x264, at two thirds of the bits; no keyframes but those asked for."""
    own = ["scd=0", f"lp={min(most_threads(), 6)}", *(["force-key-frames=1"] if forced else [])]
    return [
        *("-c:v", "libsvtav1", "-preset", "9", "-crf", "35", "-maxrate", str(rung.cap), "-bufsize", str(rung.cap * 2)),
        *("-pix_fmt", "yuv420p", "-svtav1-params", ":".join(own)),
    ]


def every_gop(plan: Plan) -> list[str]:
    return ["-g", str(plan.gop), "-keyint_min", str(plan.gop)]


def grid_timescale(rate: Fraction) -> int:
    """Every picture of the grid has a whole number in it."""
    return rate.numerator * max(1, -(-10_000 // rate.numerator))


def sound_encoded(sound: Sound, duration: float) -> list[str]:
    """AAC, stereo or mono. Silence is added where the sound starts late, has holes or ends before the picture."""
    filters = [
        "aresample=async=1000:first_pts=0",
        f"apad=whole_dur={duration:.3f}",
    ]
    channels = 1 if sound.channels == 1 else 2
    rate = 44100 if sound.sample_rate == 44100 else 48000
    return [
        *("-af", ",".join(filters), "-ac", str(channels), "-ar", str(rate)),
        *("-c:a", "aac", "-b:a", "96k" if channels == 1 else "128k"),
        *NOTHING_ELSE,
        *SOUND_MP4,
    ]


def sound_copied() -> list[str]:
    return ["-c:a", "copy", *NOTHING_ELSE, *SOUND_MP4]
