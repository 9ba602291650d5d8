"""What `bouquet doctor` asks about files: can they be written, is there room, is there what makes videos playable."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from bouquet.shared.assets.actions import OriginalsPolicy, archive_trouble, store_trouble
from bouquet.shared.assets.captions.speech import is_offered
from bouquet.shared.assets.ffmpeg import ffmpeg_path, ffprobe_path, has_encoder, has_filter, version_of
from bouquet.shared.assets.models import Asset
from bouquet.shared.network.territory import says_the_proxy
from bouquet.toolkit.doctor import Finding, bad, checkup, ok, warn


@checkup("Folders for files")
def folders() -> Iterator[Finding]:
    roots = {"uploads": settings.UPLOADS_ROOT, "streams": settings.STREAMS_ROOT, "pictures": settings.MEDIA_ROOT}
    for name, root in roots.items():
        folder = Path(root)
        nearest = next(each for each in (folder, *folder.parents) if each.exists())
        if os.access(nearest, os.W_OK):
            yield ok(f"{name}: {folder} can be written")
        else:
            yield bad(f"{name}: {nearest} cannot be written.", mend="Give it to the user that runs Bouquet.")


@checkup("Room for files")
def room() -> Iterator[Finding]:
    folder = Path(settings.DATA)
    free = shutil.disk_usage(next(each for each in (folder, *folder.parents) if each.exists())).free
    words = (
        f"{filesizeformat(free)} free in {folder}, of which {filesizeformat(settings.DISK_RESERVE_BYTES)} are kept back"
    )
    if free <= settings.DISK_RESERVE_BYTES:
        yield bad(
            f"{words}: every upload is refused.",
            mend="Add room, remove files, or lower BOUQUET_DISK_RESERVE_BYTES.",
        )
    elif free < settings.DISK_RESERVE_BYTES + settings.UPLOAD_MAX_BYTES:
        yield warn(f"{words}: the largest uploads that are promised will not fit.", mend="Add room.")
    else:
        yield ok(words)


@checkup("Originals")
def originals() -> Iterator[Finding]:
    """Silent where they are kept where they came, which is the default."""
    policy, wished = OriginalsPolicy.present(), settings.ORIGINALS_MOVE_AFTER_DAYS
    if policy.drop_after:
        yield ok(f"originals are dropped {policy.drop_after} days after their film is ready")
    if not wished and not Asset.objects.exclude(archived_at=None).exists():
        return
    if trouble := archive_trouble():
        yield bad(
            f"originals cannot be moved or read: {trouble}",
            mend="Mount the disk, or set BOUQUET_ORIGINALS_ARCHIVE to the folder that holds them.",
        )
        return
    archive = Path(settings.ORIGINALS_ARCHIVE)
    free = shutil.disk_usage(archive).free
    if not os.access(archive, os.W_OK):
        yield bad(f"{archive} cannot be written.", mend="Give it to the user that runs Bouquet.")
    elif free <= settings.DISK_RESERVE_BYTES:
        yield warn(f"{archive} is full: originals stay where they are.", mend="Add room.")
    elif wished and archive.stat().st_dev == _nearest(Path(settings.UPLOADS_ROOT)).stat().st_dev:
        yield warn(
            f"{archive} is on the same disk as the uploads: moving there frees nothing.", mend="Use another one."
        )
    else:
        yield ok(f"originals are moved to {archive}: {filesizeformat(free)} free")


def _nearest(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())


@checkup("Object store")
def object_store() -> Iterator[Finding]:
    """Silent where everything is kept here."""
    stored = Asset.objects.exclude(stored_at=None, original_stored_at=None).count()
    if not settings.OBJECT_STORE:
        if stored:
            yield bad(
                f"{stored} films lie in an object store, and none is set: they cannot be played.",
                mend="Set BOUQUET_OBJECT_STORE and its key again. To do without it, bring them back first:"
                " `bouquet video storage --back`.",
            )
        return
    where = "/".join(settings.OBJECT_STORE[name] for name in ("endpoint", "bucket", "prefix")).rstrip("/")
    if trouble := store_trouble():
        yield bad(
            f"The object store does not work, and {stored} films lie there. {trouble}",
            mend="Compare BOUQUET_OBJECT_STORE with the bucket's address and region, and give its key the rights of"
            " docs/running/object-storage.md.",
        )
    else:
        yield ok(f"{where} can be written and read; {stored} films lie there")


@checkup("Streams")
def streams() -> Iterator[Finding]:
    """Silent where each site gives its films itself."""
    origin = settings.STREAM_ORIGIN
    if not origin:
        return
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
        yield bad(f"BOUQUET_STREAM_ORIGIN is no origin: {origin}.", mend="Write it as https://cdn.example, no more.")
        return
    if settings.SCHEME == "https" and parts.scheme == "http":
        yield bad(
            f"Pages are https, films are not ({origin}): browsers refuse them.", mend="Give the CDN a certificate."
        )
    if settings.MEDIA_PORT and parts.port == settings.MEDIA_PORT:  # our own door, not a CDN: it sees readers itself
        yield _answer_of(origin, mend="The port must be open to readers, and BOUQUET_STREAM_ORIGIN name this machine.")
        return
    parent = settings.COOKIE_PARENT
    if parts.hostname == parent or (parts.hostname or "").endswith(f".{parent}"):
        yield warn(
            f"{parts.hostname} is below {parent}: browsers send the CDN everybody's session cookie.",
            mend="Give the CDN a name in another domain.",
        )
    if not says_the_proxy():
        yield warn(
            "The CDN cannot say where a reader is: films that are limited to countries are refused (451) to all who"
            " come through it.",
            mend="BOUQUET_BEHIND_PROXY=1 and BOUQUET_TERRITORY_HEADER: the header in which the CDN names the country.",
        )
    yield _answer_of(
        origin,
        mend="docs/running/cdn.md: it must fetch /m/ and /media/posters/ from this network, and pass its headers on.",
    )


@checkup("Media door")
def media_door() -> Iterator[Finding]:
    """Silent where films have no port of their own."""
    if settings.MEDIA_PORT:
        yield _answer_of(
            f"http://127.0.0.1:{settings.MEDIA_PORT}",
            good=f"Films and pictures are given at port {settings.MEDIA_PORT} too",
            mend="Start `bouquet serve` with BOUQUET_MEDIA_PORT set, as it is here (docs/running/production.md).",
        )


def _answer_of(origin: str, *, mend: str, good: str = "") -> Finding:
    """An address that nobody signed must be refused there, as it is here, and in words that a player may read."""
    asked = f"{origin}/m/1/{'a' * 22}/{'1' * 22}/master.m3u8"
    try:
        with urlopen(Request(asked, headers={"Origin": "https://elsewhere.example"}), timeout=5) as answer:  # noqa: S310
            return bad(f"{origin} gives away what nobody signed ({answer.status}).", mend=mend)
    except HTTPError as answer:
        if answer.code != 403:
            return warn(f"{origin} answers {answer.code} to a false address, not 403.", mend=mend)
        if answer.headers.get("Access-Control-Allow-Origin") != "*":
            return warn(f"{origin} does not pass Access-Control-Allow-Origin on: players cannot read it.", mend=mend)
        return ok(good or f"Streams and posters come from {origin}")
    except OSError as error:
        return warn(f"{origin} does not answer: {error}.", mend=mend)


@checkup("Speech")
def speech() -> Iterator[Finding]:
    """Silent where nobody asked for automatic captions."""
    if not settings.SPEECH_MODEL:
        return
    if is_offered():
        yield ok(f"automatic captions by the model in {settings.SPEECH_MODEL}")
    else:
        yield warn(
            f"BOUQUET_SPEECH_MODEL is {settings.SPEECH_MODEL}, but no captions are written: faster-whisper or the"
            " model’s files are missing.",
            mend="Install the extra: pip install 'bouquet[speech]', and put a CTranslate2 Whisper model there.",
        )


@checkup("Video tools")
def video_tools() -> Iterator[Finding]:
    for name, find in (("ffmpeg", ffmpeg_path), ("ffprobe", ffprobe_path)):
        try:
            path = find()
        except RuntimeError as error:
            yield bad(str(error), mend=f"Run `make setup` again, or set BOUQUET_{name.upper()} to one that runs.")
            return
        yield ok(f"{name} {version_of(path)} at {path}")
    for encoder, use in (("libx264", "Videos cannot be encoded"), ("aac", "Sound cannot be encoded")):
        if not has_encoder(encoder):
            yield bad(f"{use}: ffmpeg was built without {encoder}.", mend="Use the ffmpeg that comes with Bouquet.")
    if has_encoder("libsvtav1"):
        yield ok("Films that are watched most can be encoded in AV1 (libsvtav1)")
    elif settings.VIDEO_AV1_AFTER_VIEWS:
        yield warn("No AV1: ffmpeg was built without libsvtav1.", mend="Use the ffmpeg that comes with Bouquet.")
    for needed, use in (("zscale", "HDR videos will look pale"), ("bwdif", "Interlaced videos cannot be prepared")):
        if not has_filter(needed):
            yield warn(f"{use}: ffmpeg was built without {needed}.", mend="Use the ffmpeg that comes with Bouquet.")
