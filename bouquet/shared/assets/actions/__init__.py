"""Verbs: receive a file, take note of its last byte, remove it with everything made of it; captions and chapters."""

from bouquet.shared.assets.actions.captions import (
    CaptionsChangedMeanwhile,
    CaptionsRefused,
    Hearing,
    begin_hearing,
    can_hear,
    hearing_of,
    keep_captions,
    language_heard,
    language_tag,
    plain_cue_text,
    read_captions,
    remove_captions,
    speaker_of_cue,
    srt_of_captions,
    vtt_of_captions,
)
from bouquet.shared.assets.actions.carrying import carry_texts
from bouquet.shared.assets.actions.chapters import (
    ChapterMark,
    ChaptersRefused,
    chapter_lines,
    chapters_in,
    chapters_track,
    keep_chapters,
    read_chapters,
)
from bouquet.shared.assets.actions.files import (
    cancel_upload,
    cut_asset,
    receive_asset,
    remove_asset,
    upload_finished,
)
from bouquet.shared.assets.actions.originals import (
    OriginalsPolicy,
    OriginalsReport,
    archive_trouble,
    order_originals,
    originals_now,
)
from bouquet.shared.assets.actions.reencoding import REENCODE_CODECS, CannotReencode, reencode_asset
from bouquet.shared.assets.actions.sound import sound_length, sound_of, whole_sound
from bouquet.shared.assets.permissions import UploadRefused
from bouquet.shared.assets.tus.receivers import receiver

__all__ = [
    "REENCODE_CODECS",
    "CannotReencode",
    "CaptionsChangedMeanwhile",
    "CaptionsRefused",
    "ChapterMark",
    "ChaptersRefused",
    "Hearing",
    "OriginalsPolicy",
    "OriginalsReport",
    "UploadRefused",
    "archive_trouble",
    "begin_hearing",
    "can_hear",
    "cancel_upload",
    "carry_texts",
    "chapter_lines",
    "chapters_in",
    "chapters_track",
    "cut_asset",
    "hearing_of",
    "keep_captions",
    "keep_chapters",
    "language_heard",
    "language_tag",
    "order_originals",
    "originals_now",
    "plain_cue_text",
    "read_captions",
    "read_chapters",
    "receive_asset",
    "receiver",
    "reencode_asset",
    "remove_asset",
    "remove_captions",
    "sound_length",
    "sound_of",
    "speaker_of_cue",
    "srt_of_captions",
    "upload_finished",
    "vtt_of_captions",
    "whole_sound",
]
