"""Keeping a version of captions: the file, the row, the news."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.captions.cues import CaptionsRefused, checked
from bouquet.shared.assets.captions.writing import (
    remove_files,
    sweep_files,
    version_of,
    vtt_of,
    write_file,
)
from bouquet.shared.assets.events import CaptionsChanged
from bouquet.shared.assets.models import Asset, Caption
from bouquet.toolkit.events import announce

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
MOST_TRACKS = 60  # for one film


class CaptionsChangedMeanwhile(Exception):
    """Somebody else kept another version since this one was begun. `caption` is theirs."""

    def __init__(self, caption: Caption) -> None:
        super().__init__("captions changed meanwhile")
        self.caption = caption


def keep_captions(
    asset: Asset,
    cues: Iterable[Sequence[Any]],
    *,
    language: str,
    by: Person | None,
    kind: str = Caption.Kind.SUBTITLES,
    origin: str = Caption.Origin.UPLOADED,
    label: str | None = None,
    base: str | None = None,
) -> Caption:
    """A new version for this language and kind. `base` is the version it was made from ("": there was none).

    Raises CaptionsRefused, and CaptionsChangedMeanwhile where `base` is given and is not the present one: nothing is
    changed then. The file is written before the row, so that no row ever names a file that is not there.
    """
    language = language_tag(language)
    if kind not in Caption.Kind.values:
        raise CaptionsRefused(_("Captions are subtitles, captions or descriptions."))
    kept = checked(cues)
    with transaction.atomic():
        Asset.objects.select_for_update().get(pk=asset.pk)
        caption = Caption.objects.filter(asset=asset, language=language, kind=kind).first()
        if base is not None and base != (caption.version if caption else ""):
            if caption is None:
                base = ""  # taken away meanwhile: what was written is kept anew
            else:
                raise CaptionsChangedMeanwhile(caption)
        if caption is None:
            if asset.captions.count() >= MOST_TRACKS:
                raise CaptionsRefused(_("This film has as many captions as one can have."))
            caption = Caption(asset=asset, language=language, kind=kind)
        caption.cues, caption.length = [list(cue) for cue in kept], len(kept)
        caption.version, caption.origin, caption.changed_by = version_of(vtt_of(kept)), origin, by
        caption.label = caption.label if label is None else " ".join(label.split())[:80]
        caption.asset = asset
        write_file(caption)
        caption.save()
        announce(CaptionsChanged(asset_id=asset.pk))
    sweep_files(asset)
    return caption


def remove_captions(caption: Caption) -> None:
    with transaction.atomic():
        asset, language, kind = caption.asset, caption.language, caption.kind
        caption.delete()
        announce(CaptionsChanged(asset_id=asset.pk))
        transaction.on_commit(lambda: remove_files(asset, language, kind))


def language_tag(tag: str) -> str:
    """“FR_ca” → “fr-CA”. Raises CaptionsRefused for what is no language."""
    parts = tag.strip().replace("_", "-").split("-")
    cased = [parts[0].lower(), *(part.title() if len(part) == 4 else part.upper() for part in parts[1:])]
    if not LANGUAGE.fullmatch("-".join(cased)):
        raise CaptionsRefused(_("“%(tag)s” is no language: write fr, en, pt-BR…") % {"tag": tag[:20]})
    return "-".join(cased)
