"""Which file has which name in the store: as here, below a folder for each of the three things that a film has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from bouquet.shared.assets.delivery.places import YEAR, type_of
from bouquet.shared.assets.models import Asset

STREAMS, POSTERS, ORIGINALS = "streams/", "posters/", "originals/"
HERE_ONLY = "captions"  # written from rows, changed at any time, small


def files_of(asset: Asset) -> Iterator[tuple[str, Path]]:
    """What of it lies here and belongs there: segments before the playlists that name them, the original last.

    An original stays where the operator has an archive for originals: that is their place.
    """
    yield from sorted(_streams(asset), key=lambda each: (each[1].suffix == ".m3u8", each[0]))
    if asset.poster:
        folder = poster_folder(asset)
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if path.is_file() and not path.name.startswith("."):
                yield f"{POSTERS}{asset.poster}/{path.name}", path
    if asset.source and asset.archived_at is None and not settings.ORIGINALS_ARCHIVE:
        path = asset.upload_folder / "source"
        if path.is_file():
            yield original_key(asset.uid), path


def prefixes_of(uid: str) -> tuple[str, ...]:
    """Everything of a film. Its posters, former ones included, are named after it too."""
    return f"{STREAMS}{uid}/", f"{POSTERS}{uid}-", f"{ORIGINALS}{uid}/"


def original_key(uid: str) -> str:
    return f"{ORIGINALS}{uid}/source"


def place_here(asset: Asset, key: str) -> Path | None:
    """Where an object of this film lies when it is here; None for one that no row asks for."""
    root, _slash, rest = key.partition("/")
    name = rest.partition("/")[2]
    if not name or any(not each or each.startswith(".") for each in name.split("/")):
        return None
    if root == "streams":
        return asset.stream_folder / name
    if root == "posters":
        return poster_folder(asset) / name if asset.poster and rest.startswith(f"{asset.poster}/") else None
    return asset.upload_folder / "source" if name == "source" and asset.source else None


def poster_folder(asset: Asset) -> Path:
    return Path(settings.MEDIA_ROOT) / "posters" / asset.poster


def facts_for(key: str) -> dict[str, str]:
    """How the store gives it to who comes by itself (nginx, a CDN)."""
    if key.startswith(ORIGINALS):
        return {"ContentType": "application/octet-stream", "CacheControl": "private, no-store"}
    life = "public, max-age=1" if key.endswith(".m3u8") else f"public, max-age={YEAR}, immutable"
    return {"ContentType": type_of(key), "CacheControl": life}


def _streams(asset: Asset) -> Iterator[tuple[str, Path]]:
    folder = asset.stream_folder
    for path in folder.rglob("*") if folder.is_dir() else ():
        names = path.relative_to(folder).parts
        if names[0] != HERE_ONLY and not any(name.startswith(".") for name in names) and path.is_file():
            yield f"{STREAMS}{asset.uid}/{'/'.join(names)}", path
