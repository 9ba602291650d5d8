"""The runs of ffmpeg that make renditions. Each gives segments while it goes; none writes a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from bouquet.shared.assets.ffmpeg import Outcome, input_arguments, run_ffmpeg
from bouquet.shared.assets.ffmpeg.limits import MIB
from bouquet.shared.assets.pipeline import graph
from bouquet.shared.assets.pipeline.cutting import Cutter
from bouquet.shared.assets.pipeline.facts import Sound
from bouquet.shared.assets.pipeline.job import Job
from bouquet.shared.assets.pipeline.plan import Chunk, Rung, can_copy_sound
from bouquet.shared.assets.pipeline.segments import RungFolder

# Containers without an index are entered well before the wanted time, and what comes too early is thrown away.
_RUN_UP, _RUN_UP_UNINDEXED = 2, 12
_SLACK = Fraction(1, 100)
OnSegment = Callable[[RungFolder], None]


def sound_name(number: int) -> str:
    return "audio" if number == 0 else f"audio{number + 1}"


def copy_source(job: Job, *, on_segment: OnSegment) -> None:
    """The picture as it is, its sounds beside it, copied too where browsers take them. Raises CannotCut."""
    plan, facts = job.plan, job.facts
    start = Fraction(facts.picture.start).limit_denominator(90_000)
    at_least = plan.segment_seconds - _SLACK
    video = Cutter(job.rung("source"), at_least=at_least, offset=start, on_segment=on_segment)
    sounds = [_sound_cutter(job, number, on_segment) for number in range(len(facts.sounds))]

    def arguments(pipes: list[str]) -> list[str]:
        words = input_arguments(job.source, facts.demuxer)
        words += ["-map", f"0:{facts.picture.index}", "-c:v", "copy", *graph.NOTHING_ELSE, *graph.VIDEO_MP4, pipes[0]]
        for sound, pipe in zip(facts.sounds, pipes[1:], strict=True):
            words += [*_sound_arguments(sound, facts.duration), pipe]
        return words

    budget = int(job.source.stat().st_size * 1.1) + job.budget((), facts.duration, len(sounds))
    _run(job, arguments, [video, *sounds], seconds=facts.duration, budget=budget, of=facts.duration, nice=0)


def encode_first(job: Job, chunk: Chunk, *, on_segment: OnSegment) -> None:
    """The film's first piece in its first rung, alone, because that is soonest, and its sounds for that piece.

    Of a longer film the sounds are made whole afterwards (`encode_sounds`).
    """
    plan, facts = job.plan, job.facts
    rung, part = plan.first_rung, not chunk.is_last
    cutters = [_picture_cutter(job, rung, chunk, on_segment)]
    cutters += [_sound_cutter(job, number, on_segment, keep_rest=not part) for number in range(len(facts.sounds))]
    seconds = _seconds_of(job, chunk)

    def arguments(pipes: list[str]) -> list[str]:
        at, timing = _entry(job, chunk)
        words = _opened(job, at)
        words += ["-filter_complex", graph.ladder_graph(plan, [rung], timing), "-map", "[r0]"]
        words += [*_grid_encoded(job, rung), pipes[0]]
        for sound, pipe in zip(facts.sounds, pipes[1:], strict=True):
            limit = ["-t", f"{seconds + 6:.3f}"] if part else []
            words += [*_sound_arguments(sound, facts.duration, may_copy=False), *limit, pipe]
        return words

    budget = job.budget([rung], seconds, len(facts.sounds))
    _run(job, arguments, cutters, seconds=seconds, budget=budget, of=seconds, whole=facts.duration, nice=0)


def encode_sounds(job: Job, *, on_segment: OnSegment) -> None:
    """Every sound track from its start to its end, in one go: AAC encoded in pieces clicks where they join.

    The segments that the first piece had are published again, the same.
    """
    facts = job.facts
    cutters = [_sound_cutter(job, number, on_segment) for number in range(len(facts.sounds))]

    def arguments(pipes: list[str]) -> list[str]:
        words = input_arguments(job.source, facts.demuxer)
        for sound, pipe in zip(facts.sounds, pipes, strict=True):
            words += [*_sound_arguments(sound, facts.duration, may_copy=False), pipe]
        return words

    budget = job.budget((), facts.duration, len(facts.sounds))
    _run(job, arguments, cutters, seconds=facts.duration, budget=budget, of=facts.duration, nice=5)


def encode_chunk(job: Job, chunk: Chunk, rungs: Sequence[Rung], *, nice: int = 10) -> Fraction:
    """A piece of every rung from one decode. Gives the seconds that came out."""
    plan = job.plan
    cutters = [_picture_cutter(job, rung, chunk, None) for rung in rungs]

    def arguments(pipes: list[str]) -> list[str]:
        at, timing = _entry(job, chunk)
        words = _opened(job, at)
        words += ["-filter_complex", graph.ladder_graph(plan, rungs, timing)]
        for number, (rung, pipe) in enumerate(zip(rungs, pipes, strict=True)):
            words += ["-map", f"[r{number}]", *_grid_encoded(job, rung), pipe]
        return words

    seconds = _seconds_of(job, chunk)
    _run(job, arguments, cutters, seconds=seconds, budget=job.budget(rungs, seconds), of=seconds, nice=nice)
    return cutters[0].seconds


def encode_beside_source(job: Job, rungs: Sequence[Rung], first: int, lengths: list[float], *, last: bool) -> None:
    """Rungs for a copied source: same times, same cuts. `lengths` are of the source's segments from `first` on."""
    facts = job.facts
    source = job.rung("source")
    begin = Fraction(sum(cut.duration for cut in source.cuts[:first])).limit_denominator(90_000)
    half = float(1 / facts.picture.rate / 2)
    starts, at = [], 0.0
    for length in lengths:
        starts.append(at)
        at += length
    offset = Fraction(facts.picture.start).limit_denominator(90_000) + begin
    cutters = [Cutter(job.target(rung.name), at_least=Fraction(1, 1000), offset=offset, first=first) for rung in rungs]

    def arguments(pipes: list[str]) -> list[str]:
        enter = ["-noaccurate_seek", "-ss", f"{float(offset) + half:.6f}"] if first else []
        timing = ["setpts=PTS-STARTPTS", *([] if last else [f"trim=duration={at - half:.6f}"])]
        words = _opened(job, enter)
        words += ["-filter_complex", graph.ladder_graph(job.plan, rungs, timing)]
        keys = ",".join(f"{max(0.0, start - half):.6f}" for start in starts)
        keyframes = ["-force_key_frames", keys, "-g", "100000", "-keyint_min", "1", "-fps_mode", "passthrough"]
        keyframes += ["-enc_time_base", "1:90000"]
        for number, (rung, pipe) in enumerate(zip(rungs, pipes, strict=True)):
            words += ["-map", f"[r{number}]", *graph.encoded(rung, keyframes=keyframes, timescale=90_000), pipe]
        return words

    _run(job, arguments, cutters, seconds=at, budget=job.budget(rungs, at), of=at, nice=10)


def _run(
    job: Job,
    arguments: Callable[[list[str]], list[str]],
    cutters: list[Cutter],
    *,
    seconds: float,
    budget: int,
    of: float,
    whole: float | None = None,
    nice: int,
) -> None:
    """`of` seconds are made in this run, of `whole` that its step wants: that is the progress."""
    job.check_disk(min(budget, 64 * MIB))

    def on_tick(outcome: Outcome) -> None:
        job.beat(min(outcome.out_seconds, of) / max(whole or of, 0.1))

    limits = job.limits(seconds=float(seconds), output=budget, nice=nice)
    run_ffmpeg(arguments, cutters, limits=limits, on_tick=on_tick)
    for cutter in cutters:
        cutter.finish()
        cutter.folder.write_playlist()  # the record of what is published: from here the next piece goes on


def _picture_cutter(job: Job, rung: Rung, chunk: Chunk, on_segment: OnSegment | None) -> Cutter:
    return Cutter(
        job.target(rung.name),
        at_least=job.plan.segment_seconds - _SLACK,
        at_first=job.plan.gop_seconds - _SLACK,  # short ones at the start: a player can begin, and asks again, sooner
        offset=chunk.first_frame / job.plan.rate,
        first=chunk.first_segment,
        on_segment=on_segment,
    )


def _sound_cutter(job: Job, number: int, on_segment: OnSegment | None, keep_rest: bool = True) -> Cutter:
    folder = job.rung(sound_name(number))
    return Cutter(folder, at_least=Fraction(39, 10), is_video=False, keep_rest=keep_rest, on_segment=on_segment)


def _grid_encoded(job: Job, rung: Rung) -> list[str]:
    plan = job.plan
    return graph.encoded(rung, keyframes=graph.every_gop(plan), timescale=graph.grid_timescale(plan.rate))


def _sound_arguments(sound: Sound, duration: float, *, may_copy: bool = True) -> list[str]:
    copied = may_copy and can_copy_sound(sound, duration)
    words = graph.sound_copied() if copied else graph.sound_encoded(sound, duration)
    return ["-map", f"0:{sound.index}", *words]


def _opened(job: Job, before: list[str]) -> list[str]:
    """The source. A picture that changes its size on the way (a call, a shared screen) keeps its filters.

    Made anew, they would begin at time 0 again. The deinterlacer cannot do that.
    """
    keep = [] if job.facts.picture.interlaced else ["-reinit_filter:v", "0"]
    return input_arguments(job.source, job.facts.demuxer, before=[*keep, *before])


def _entry(job: Job, chunk: Chunk) -> tuple[list[str], list[str]]:
    """Where to enter the source for a piece, and the filters that keep exactly its pictures of the grid.

    Seeking gives the keyframe before the wanted time; the pictures up to it have negative times, which the grid drops.
    """
    plan = job.plan
    count = None if chunk.segments is None else chunk.segments * plan.segment_frames
    if chunk.first_frame == 0:
        return [], graph.constant_rate(plan, count=count)
    seconds = _RUN_UP if job.facts.indexed else _RUN_UP_UNINDEXED
    run_up = min(chunk.first_frame, round(seconds * plan.rate))
    at = float((chunk.first_frame - run_up) / plan.rate)
    return ["-noaccurate_seek", "-ss", f"{at:.6f}"], graph.constant_rate(plan, skip=run_up, count=count)


def _seconds_of(job: Job, chunk: Chunk) -> float:
    if chunk.segments is not None:
        return float(chunk.segments * job.plan.segment_seconds)
    return max(1.0, job.facts.duration - float(chunk.first_frame / job.plan.rate))
