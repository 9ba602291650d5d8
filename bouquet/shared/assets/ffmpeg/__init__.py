"""The only room that runs ffmpeg and ffprobe. What strangers send is opened here and nowhere else.

Every run has an argument list (never a shell), one named demuxer, no protocol but `file`, limits of CPU, time, memory
and files, no right to open a file for writing (what it makes comes back through pipes, or goes into
one file that it was handed open), and dies with its worker.
"""

from bouquet.shared.assets.ffmpeg.binaries import ffmpeg_path, ffprobe_path, has_encoder, has_filter, version_of
from bouquet.shared.assets.ffmpeg.limits import Limits
from bouquet.shared.assets.ffmpeg.run import (
    EncoderFailed,
    Outcome,
    input_arguments,
    most_threads,
    output_into,
    run_ffmpeg,
    run_ffprobe,
)

__all__ = [
    "EncoderFailed",
    "Limits",
    "Outcome",
    "ffmpeg_path",
    "ffprobe_path",
    "has_encoder",
    "has_filter",
    "input_arguments",
    "most_threads",
    "output_into",
    "run_ffmpeg",
    "run_ffprobe",
    "version_of",
]
