"""Captions of a film: keep a version, take one away, have a first one written."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from bouquet.shared.assets.captions.cues import CaptionsRefused, Cue
from bouquet.shared.assets.captions.hearing import STEP, Hearing, hearing_of, language_heard, may_hear
from bouquet.shared.assets.captions.keeping import (
    CaptionsChangedMeanwhile,
    keep_captions,
    language_tag,
    remove_captions,
)
from bouquet.shared.assets.captions.markup import plain as plain_cue_text
from bouquet.shared.assets.captions.markup import speaker as speaker_of_cue
from bouquet.shared.assets.captions.reading import read_file, read_text
from bouquet.shared.assets.captions.speech import is_offered as can_hear
from bouquet.shared.assets.captions.writing import cues_of, srt_of, vtt_of
from bouquet.shared.assets.models import Asset, Caption, Step
from bouquet.shared.assets.tasks import hear_film

__all__ = [
    "CaptionsChangedMeanwhile",
    "CaptionsRefused",
    "Hearing",
    "begin_hearing",
    "can_hear",
    "hearing_of",
    "keep_captions",
    "language_heard",
    "language_tag",
    "plain_cue_text",
    "read_captions",
    "remove_captions",
    "speaker_of_cue",
    "srt_of_captions",
    "vtt_of_captions",
]


def read_captions(source: bytes | str, *, language: str = "") -> list[Cue]:
    """A WebVTT or SubRip file, or its text. Raises CaptionsRefused with a sentence."""
    return read_file(source, language) if isinstance(source, bytes) else read_text(source)


def begin_hearing(asset: Asset, *, language: str) -> None:
    """Have the network's speech model write a first version, in time to spare. `language` "": as it hears it.

    Raises CaptionsRefused where the network has no model, the film is not ready, or people have written captions.
    """
    if not may_hear(asset):
        raise CaptionsRefused(_("This film cannot be listened to."))
    language = language_tag(language) if language else ""
    by_hand = asset.captions.filter(kind=Caption.Kind.SUBTITLES).exclude(origin=Caption.Origin.AUTOMATIC)
    if language and by_hand.filter(language=language).exists():
        raise CaptionsRefused(_("There are subtitles in this language already: a machine does not overwrite them."))
    with transaction.atomic():
        Step.objects.update_or_create(
            asset=asset, name=STEP, defaults={"state": Step.State.WAITING, "progress": 0, "error": "", "attempts": 0}
        )
        hear_film.enqueue(asset.pk, language)


def vtt_of_captions(caption: Caption) -> str:
    """As a WebVTT file."""
    return vtt_of(cues_of(caption))


def srt_of_captions(caption: Caption) -> str:
    """As a SubRip file."""
    return srt_of(cues_of(caption))
