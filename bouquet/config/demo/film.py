"""Makes the demo's films from free pictures and drawings: one function, one ffmpeg process, one .mp4 that looks good.

This is the workshop of the demo only. What members send goes through shared/assets, which trusts nothing.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from bouquet.config.demo import sources
from bouquet.config.demo.drawings import DRAWINGS, HEIGHT, RATE, WIDTH
from bouquet.config.demo.sources import Source
from bouquet.shared.assets.ffmpeg import ffmpeg_path

FINISH = "vignette=PI/5,format=yuv420p"
SOUND = ["-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"]
PICTURE = [
    "-c:v",
    "libx264",
    "-preset",
    "veryfast",
    "-crf",
    "21",
    "-g",
    str(2 * RATE),
    "-sc_threshold",
    "0",
    "-threads",
    "1",
]


def drift(picture: Source, track: str, out: Path, *, seconds: int = 12, start: str = "", end: str = "") -> None:
    """A slow camera move over a still: `start` and `end` are "zoom x y", x and y being the centre from 0 to 1."""
    z0, x0, y0 = (float(value) for value in (start or "1.05 0.5 0.5").split())
    z1, x1, y1 = (float(value) for value in (end or "1.3 0.5 0.45").split())
    frames = seconds * RATE
    eased = f"(0.5-0.5*cos(PI*on/{frames}))"
    move = (
        f"scale=3840:2160:force_original_aspect_ratio=increase:flags=lanczos,crop=3840:2160,"
        f"zoompan=z='{z0}+({z1 - z0})*{eased}'"
        f":x='(iw-iw/zoom)*({x0}+({x1 - x0})*{eased})':y='(ih-ih/zoom)*({y0}+({y1 - y0})*{eased})'"
        f":d={frames}:s={WIDTH}x{HEIGHT}:fps={RATE},{FINISH}"
    )
    _run(["-i", str(picture.file)], move, track, seconds, out)


def flight(map_: Source, track: str, out: Path, *, seconds: int = 14, start: str, end: str) -> None:
    """A flight over a large map: `start` and `end` are "x y" of the centre, in thousandths of its width and height."""
    (x0, y0), (x1, y1) = (tuple(float(value) / 1000 for value in point.split()) for point in (start, end))
    eased = f"(0.5-0.5*cos(PI*t/{seconds}))"
    move = (
        f"loop=-1:1:0,fps={RATE},crop=1600:900:x='iw*({x0}+({x1 - x0})*{eased})-800':y='ih*({y0}+({y1 - y0})*{eased})-450',"
        f"scale={WIDTH}:{HEIGHT}:flags=bicubic,eq=saturation=1.15:contrast=1.05,{FINISH}"
    )
    _run(["-i", str(map_.file)], move, track, seconds, out)


def globe(map_: Source, track: str, out: Path, *, seconds: int = 14) -> None:
    """The Earth turning before the night."""
    turn = (
        f"[0:v]scale=2048:1024,loop=-1:1:0,fps={RATE},scroll=horizontal=-0.0016,"
        "v360=input=e:output=og:h_fov=180:v_fov=180:w=620:h=620:pitch=18:roll=-12:alpha_mask=1,format=yuva420p[earth];"
        f"gradients=s={WIDTH}x{HEIGHT}:r={RATE}:speed=0.004:n=3:c0=#03050d:c1=#0a1430:c2=#1b1338[sky];"
        f"[sky][earth]overlay=(W-w)/2:(H-h)/2:shortest=1,vignette=PI/4,format=yuv420p[v]"
    )
    _run(["-i", str(map_.file)], turn, track, seconds, out, graph=True)


def pattern(lavfi: str, track: str, out: Path, *, seconds: int = 12) -> None:
    """A picture that ffmpeg itself draws (fractals, gradients, cellular life)."""
    _run(["-f", "lavfi", "-i", lavfi], FINISH, track, seconds, out)


def drawing(name: str, track: str, out: Path, *, seconds: int = 12) -> None:
    """Frame after frame from drawings.py."""
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-"]
    _run(raw, "format=yuv420p", track, seconds, out, frames=_frames(DRAWINGS[name], seconds))


def _frames(draw: Callable[[float], Image.Image], seconds: int) -> Iterator[bytes]:
    for number in range(seconds * RATE):
        yield draw(number / RATE).tobytes()


def _run(
    source: list[str],
    chain: str,
    track: str,
    seconds: int,
    out: Path,
    *,
    graph: bool = False,
    frames: Iterator[bytes] | None = None,
) -> None:
    picture = chain if graph else f"[0:v]{chain}[v]"
    fade = f"[1:a]afade=t=in:d=0.8,afade=t=out:st={seconds - 1.5}:d=1.5[a]"
    heard = ["-ss", "12", "-t", str(seconds), "-i", str(sources.music(track))]
    _encode([*source, *heard], f"{picture};{fade}", "[a]", seconds, out, frames)


def _encode(
    inputs: list[str], graph: str, audio: str, seconds: int, out: Path, frames: Iterator[bytes] | None = None
) -> None:
    part = out.with_suffix(".part.mp4")
    command = [
        str(ffmpeg_path()), "-v", "error", "-nostats", "-y", *inputs, "-filter_complex", graph,
        "-map", "[v]", "-map", audio, "-t", str(seconds), "-r", str(RATE),
        *PICTURE, *SOUND, "-movflags", "+faststart", str(part),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdin=subprocess.PIPE if frames else subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        if frames and process.stdin:
            for frame in frames:
                process.stdin.write(frame)
            process.stdin.close()
            process.stdin = None
        _out, error = process.communicate()
    except BrokenPipeError:
        _out, error = process.communicate()
    if process.returncode:
        part.unlink(missing_ok=True)
        raise RuntimeError(f"ffmpeg could not make {out.name}: {error.decode(errors='replace')[-400:]}")
    part.rename(out)
