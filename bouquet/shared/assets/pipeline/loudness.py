"""How loud a film is heard, measured as broadcasters do (EBU R 128, ITU-R BS.1770): what plays is measured, nothing is
altered. The player adds what is missing (`Asset.gain_db`).

Read from the encoded first sound track, which is small and safe to decode, whatever was sent.
"""

from __future__ import annotations

import re

from bouquet.shared.assets.ffmpeg import EncoderFailed, Limits, input_arguments, run_ffmpeg
from bouquet.shared.assets.ffmpeg.limits import MIB
from bouquet.shared.assets.models import Asset, Rendition
from bouquet.shared.assets.pipeline.encode import sound_name
from bouquet.shared.assets.pipeline.job import Job

SILENCE = -70.0  # LUFS: the gate of the standard; what lies below it was not measured
# One channel comes out of two loudspeakers: it is heard 3 LU louder than it is alone.
_METER = "ebur128=peak=true:framelog=quiet:dualmono=true"
_INTEGRATED = re.compile(r"\bI:\s+(-?[\d.]+|-?inf|nan) LUFS")
_PEAK = re.compile(r"\bPeak:\s+(-?[\d.]+|-?inf|nan) dBFS")


def measure_loudness(job: Job) -> None:
    """Writes the asset's `loudness` (LUFS) and `true_peak` (dBTP); a film without sound, or silent, keeps none."""
    if not job.asset.renditions.filter(kind=Rendition.Kind.AUDIO, name=sound_name(0)).exists():
        return
    loudness, peak = _measured(job)
    Asset.objects.filter(pk=job.asset.pk).update(loudness=loudness, true_peak=peak)


def _measured(job: Job) -> tuple[float | None, float | None]:
    sound = job.rung(sound_name(0))
    duration = sound.duration

    def arguments(pipes: list[str]) -> list[str]:
        words = ["-v", "info", "-nostats", *input_arguments(None, "mov", before=["-threads", "1"])]
        return [*words, "-map", "0:a:0", "-filter:a", _METER, "-f", "null", "-"]

    outcome = run_ffmpeg(
        arguments,
        [],
        limits=Limits(cpu=int(120 + duration), wall=int(600 + duration * 4), output=MIB, memory=2048 * MIB, nice=10),
        feed=sound.read(),
        on_tick=lambda outcome: job.beat(outcome.out_seconds / max(duration, 0.1)),
    )
    return read_summary(outcome.messages)


def read_summary(text: str) -> tuple[float | None, float | None]:
    """Integrated loudness and true peak from what the meter prints at its end. Raises EncoderFailed."""
    loudness, peak = _INTEGRATED.findall(text), _PEAK.findall(text)
    if not loudness or not peak:
        raise EncoderFailed(f"the meter gave no summary: {text[-500:]}")
    measured = _number(loudness[-1])
    return (None, None) if measured is None or measured <= SILENCE else (measured, _number(peak[-1]))


def _number(text: str) -> float | None:
    return None if "inf" in text or "nan" in text else float(text)
