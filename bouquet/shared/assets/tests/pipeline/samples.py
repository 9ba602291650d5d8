"""Files as people send them: real clips from packages, and small odd ones made with ffmpeg, once per test session."""

from __future__ import annotations

import subprocess
import tempfile
from functools import cache
from pathlib import Path

from django.conf import settings

from bouquet.shared.assets.ffmpeg import ffmpeg_path

_FOLDER = Path(tempfile.gettempdir()) / f"bouquet-samples-{ffmpeg_path().rpartition('/')[2]}-4"


def clip(name: str) -> Path:
    """A real clip by the end of its name, e.g. "bigbuckbunny.mp4" (installed by `make clips`)."""
    found = sorted((settings.ROOT / ".clips").rglob(name))
    if not found:
        raise FileNotFoundError(f"{name} is not in .clips: run `make clips`")
    return found[0]


def run(*arguments: str | Path) -> None:
    done = subprocess.run(
        [ffmpeg_path(), "-hide_banner", "-v", "error", "-y", "-nostdin", *map(str, arguments)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@cache
def sample(name: str) -> Path:
    """One of SAMPLES, made when it is first asked for."""
    _FOLDER.mkdir(exist_ok=True)
    path = _FOLDER / name
    if not path.exists():
        making = path.with_name(f"making-{name}")
        SAMPLES[name](making)
        making.rename(path)
    return path


def pattern(
    path: Path, *options: str, size: str = "640x360", rate: str = "25", seconds: float = 4, sound: str = "sine"
) -> None:
    """A moving test picture with a number that counts, and a tone."""
    source = ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}"]
    if sound:
        source += ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={seconds}"]
    run(*source, *options, path)


def _h264(*more: str) -> list[str]:
    return ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50", *more]


AAC = ["-c:a", "aac"]


def _plain(path: Path) -> None:
    pattern(path, *_h264("-bf", "2"), *AAC, "-movflags", "+faststart", seconds=6)


def _index_at_end(path: Path) -> None:
    pattern(path, *_h264(), *AAC, seconds=4)


def _rotated(path: Path) -> None:
    whole = path.with_name("upright-" + path.name)
    pattern(whole, *_h264(), *AAC)
    run("-display_rotation", "90", "-i", whole, "-c", "copy", path)
    whole.unlink()


def _variable(path: Path) -> None:
    """Pictures at 30 a second, then at 10, then at 30, as phones do in the dark."""
    pattern(
        path,
        *("-vf", "select='if(between(t,1,3),not(mod(n,3)),1)'", "-fps_mode", "vfr"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "200", *AAC),
        rate="30",
        seconds=5,
    )


def _hdr(transfer: str):
    def make(path: Path) -> None:
        colours = f"colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc:hdr10=1:repeat-headers=1:log-level=none"
        pattern(
            path,
            *("-vf", "format=yuv420p10le", "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", colours),
            *("-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc", "-tag:v", "hvc1", *AAC),
            seconds=3,
        )

    return make


def _interlaced(path: Path) -> None:
    pattern(
        path,
        *("-vf", "interlace=lowpass=0,setfield=tff", "-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-b:v", "6M"),
        *("-c:a", "mp2", "-f", "mpegts"),
        size="720x576",
        rate="50",
    )


def _several_sounds(path: Path) -> None:
    run(
        *("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=4"),
        *("-f", "lavfi", "-i", "sine=frequency=300:duration=4", "-f", "lavfi", "-i", "sine=frequency=900:duration=4"),
        *("-map", "0", "-map", "1", "-map", "2", *_h264(), *AAC),
        *("-metadata:s:a:0", "language=fre", "-metadata:s:a:1", "language=eng"),
        *("-metadata:s:a:1", 'title=Director "cut"\n#EXT-X-ENDLIST'),
        path,
    )


def _described(path: Path) -> None:
    """A description of the picture before the sound that plays by itself, as some files have it."""
    run(
        *("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=4"),
        *("-f", "lavfi", "-i", "sine=frequency=300:duration=4", "-f", "lavfi", "-i", "sine=frequency=900:duration=4"),
        *("-map", "0", "-map", "1", "-map", "2", *_h264(), *AAC),
        *("-metadata:s:a:0", "language=fre", "-metadata:s:a:1", "language=fre"),
        *("-disposition:a:0", "default+visual_impaired", "-disposition:a:1", "0"),
        path,
    )


def _surround(path: Path) -> None:
    run(
        *("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=4"),
        *("-f", "lavfi", "-i", "aevalsrc='sin(440*2*PI*t)|0|sin(880*2*PI*t)|0|0|0':c=5.1:s=48000:d=4"),
        *(*_h264(), "-c:a", "ac3", path),
    )


def _from_a_phone(path: Path) -> None:
    """QuickTime with HEVC, a time code track, and the index at the end."""
    pattern(
        path,
        *(
            "-c:v",
            "libx265",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
            "-tag:v",
            "hvc1",
            "-x265-params",
            "log-level=none",
        ),
        *(*AAC, "-timecode", "10:00:00:00", "-metadata", "com.apple.quicktime.make=Phone", "-f", "mov"),
    )


def _resized(path: Path) -> None:
    """A call whose picture grows in the middle: two sizes in one stream."""
    parts = []
    for number, size in enumerate(("320x240", "640x480")):
        part = path.with_name(f"part{number}-{path.name}")
        offset = ["-output_ts_offset", str(number * 2)]
        pattern(part, *_h264(), "-c:a", "mp2", *offset, "-f", "mpegts", size=size, seconds=2)
        parts.append(part)
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    for part in parts:
        part.unlink()


def _sound_goes_on(path: Path) -> None:
    """Two seconds of picture, nine of sound."""
    run(
        *("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=2", "-f", "lavfi", "-i", "sine=duration=9"),
        *(*_h264(), *AAC, path),
    )


SAMPLES = {
    "plain.mp4": _plain,
    "index-at-end.mp4": _index_at_end,
    "rotated.mp4": _rotated,
    "variable.mp4": _variable,
    "portrait.mp4": lambda path: pattern(path, *_h264(), *AAC, size="360x640"),
    "ten-bit.mkv": lambda path: pattern(
        path, "-vf", "format=yuv420p10le", "-c:v", "libx264", "-preset", "ultrafast", *AAC, "-f", "matroska"
    ),
    "pq.mp4": _hdr("smpte2084"),
    "hlg.mp4": _hdr("arib-std-b67"),
    "interlaced.ts": _interlaced,
    "odd.mp4": lambda path: pattern(
        path, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p", *AAC, size="511x287"
    ),
    "silent.mp4": lambda path: pattern(path, *_h264(), sound=""),
    "mono.mp4": lambda path: pattern(path, *_h264(), *AAC, "-ac", "1"),
    "surround.mkv": _surround,
    "several-sounds.mkv": _several_sounds,
    "described.mkv": _described,
    "described.mp4": _described,
    "422.mov": lambda path: pattern(path, "-c:v", "prores_ks", "-profile:v", "2", "-c:a", "pcm_s16le", seconds=3),
    "mpeg2.ts": lambda path: pattern(
        path, "-c:v", "mpeg2video", "-b:v", "4M", "-c:a", "mp2", "-f", "mpegts", size="720x576"
    ),
    "anamorphic.mpg": lambda path: pattern(
        path, "-vf", "setsar=64/45", "-c:v", "mpeg2video", "-b:v", "4M", "-c:a", "mp2", "-f", "mpeg", size="720x576"
    ),
    "vp9.webm": lambda path: pattern(
        path, "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus", seconds=3
    ),
    "old.avi": lambda path: pattern(path, "-c:v", "mpeg4", "-q:v", "4", "-c:a", "libmp3lame"),
    "phone.mov": _from_a_phone,
    "resized.ts": _resized,
    "sound-goes-on.mp4": _sound_goes_on,
    "sound-goes-on.mkv": _sound_goes_on,
}
