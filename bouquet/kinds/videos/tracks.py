"""What stands beside a film as text: tracks for its player, a transcript for readers, chapters, words for search."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import get_language

from bouquet.kinds.videos.models import Video
from bouquet.shared.access import streams
from bouquet.shared.access.decide import FREELY, Terms
from bouquet.shared.assets.actions import ChapterMark, chapters_in, plain_cue_text, speaker_of_cue
from bouquet.shared.assets.models import Asset, Caption

# What a page of a video fetches with it: two short queries, never the cues themselves.
WITH_TEXTS = (Prefetch("asset__captions", Caption.objects.for_menus()), "asset__chapters")


@dataclass(frozen=True)
class Track:
    """A line of the player's menu. `src` is signed like the film: who may not play it cannot read it either."""

    kind: str
    language: str
    label: str
    src: str


@dataclass(frozen=True)
class Line:
    """A line of the transcript. Times in seconds."""

    start: float
    end: float
    text: str
    speaker: str = ""

    @property
    def moment(self) -> str:
        return f"{self.start:.3f}"

    @property
    def whole(self) -> int:
        return int(self.start)


def tracks_of(asset: Asset, terms: Terms = FREELY) -> list[Track]:
    """Wants the captions prefetched. Empty ones (an editor just began) are not offered."""
    captions = [caption for caption in asset.captions.all() if caption.length]
    prefix = streams.sign(asset, terms) if captions else ""
    return [
        Track(caption.kind, caption.language, str(caption.shown_label), prefix + caption.path) for caption in captions
    ]


def transcripts_of(video: Video) -> list[Caption]:
    """What can be read as a transcript, one for each language: captions tell more than subtitles."""
    found: dict[str, Caption] = {}
    order = {Caption.Kind.CAPTIONS: 0, Caption.Kind.SUBTITLES: 1}
    readable = [each for each in video.asset.captions.all() if each.length and each.kind in order]
    for caption in sorted(readable, key=lambda each: (each.language, order[Caption.Kind(each.kind)])):
        found.setdefault(caption.language, caption)
    return list(found.values())


def transcript_for(video: Video, language: str) -> Caption | None:
    """In the language asked for; else the reader's own, the film's, or the first."""
    captions = {caption.language: caption for caption in transcripts_of(video)}
    wanted = [language, get_language() or "", video.language]
    by_root = {tag.partition("-")[0]: caption for tag, caption in reversed(captions.items())}
    for tag in filter(None, wanted):
        if caption := captions.get(tag) or by_root.get(tag.partition("-")[0]):
            return caption
    return next(iter(captions.values()), None)


def lines_of(caption: Caption) -> list[Line]:
    """A query for the cues, where they were left out before."""
    lines = (
        Line(start / 1000, end / 1000, plain_cue_text(text), speaker_of_cue(text))
        for start, end, text, *_settings in caption.cues
    )
    return [line for line in lines if line.text]


def chapters_of(video: Video) -> list[ChapterMark]:
    """Those written by hand, else those of the description. Wants the asset's chapters prefetched."""
    by_hand = [ChapterMark(each.starts_at, each.title) for each in video.asset.chapters.all()]
    return by_hand or chapters_in(video.summary, video.asset.duration)


def chapters_path(video: Video, marks: Iterable[ChapterMark]) -> str:
    """Their WebVTT track; another list, another address."""
    return f"{reverse('videos:chapters_track', args=[video.uid])}?v={abs(hash_of(marks))}"


def chapters_json(marks: Iterable[ChapterMark]) -> str:
    return json.dumps([[mark.seconds, mark.title] for mark in marks], ensure_ascii=False)


def hash_of(marks: Iterable[ChapterMark]) -> int:
    """The same in every process."""
    value = 0
    for mark in marks:
        for each in f"{mark.starts_at}{mark.title}".encode():
            value = (value * 131 + each) % 1_000_000_007
    return value


def spoken_words(work_ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """What search writes down of the videos among these works: (second, line) in every language.

    Two queries for all of them. See SiteKind.speech.
    """
    videos = Video.objects.filter(pk__in=list(work_ids), asset__captions__length__gt=0).distinct()
    said: dict[int, list[tuple[int, str]]] = {}
    for video in videos.select_related("asset").prefetch_related("asset__captions"):
        said[video.pk] = [(line.whole, line.text) for caption in transcripts_of(video) for line in lines_of(caption)]
    return said


def screen_texts(video: Video, terms: Terms) -> dict[str, Any]:
    """For the player: its tracks and chapters."""
    marks = chapters_of(video)
    return {
        "tracks": tracks_of(video.asset, terms),
        "chapters": marks,
        "chapters_src": chapters_path(video, marks) if marks else "",
    }
