"""A zip file that carries rows and files from one installation to another, and says of each what it must be.

`manifest.json` is its last member: format, version, and of every other member its size and SHA-256. Written as it is
made, nothing of it gathers in memory but its list of names. Reading trusts nothing: only names that the manifest lists
and that are plain are opened, no more bytes than it says, and each must be what it says. Nothing is ever unpacked to a
place that the file names.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

FORMAT = "bouquet-parcel"
VERSION = 1
MANIFEST = "manifest.json"
PLAIN = re.compile(r"[a-z0-9][A-Za-z0-9_-]{0,40}(?:/[A-Za-z0-9][\w.-]{0,200}){0,2}(?:\.json)?")
LARGEST_TEXT = 64 * 1024**2
LARGEST_FILE = 256 * 1024**2
MOST_MEMBERS = 1_000_000
PUFFED = 60  # times as large as its zip file: text shrinks to a twentieth at most
PIECE = 1024 * 1024
STORED = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".heic")  # packed already


class ParcelRefused(Exception):
    """It is no parcel, or a damaged or a malicious one. `reason` is a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ParcelWriter:
    """`with ParcelWriter(path, about={…}) as parcel:` – a file that was not closed so is no parcel."""

    def __init__(self, path: Path, about: dict[str, Any]) -> None:
        self.path, self.about = path, about
        self.members: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> ParcelWriter:
        self.half = self.path.with_name(self.path.name + ".part")
        self.half.unlink(missing_ok=True)
        self.half.touch(mode=0o600)  # names of people are in it: its owner's alone
        self.zip = zipfile.ZipFile(self.half, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            if kind is None:
                self._end()
        finally:  # a full disk, in the middle or at the last byte: half a parcel is none
            with suppress(OSError, ValueError):
                self.zip.close()
            self.half.unlink(missing_ok=True)

    def _end(self) -> None:
        said = {"format": FORMAT, "version": VERSION, "made_at": datetime.now(UTC).isoformat(timespec="seconds")}
        self.zip.writestr(MANIFEST, _text(said | self.about | {"members": self.members}))
        self.zip.close()
        with self.half.open("rb") as whole:
            os.fsync(whole.fileno())
        self.half.replace(self.path)

    def put(self, name: str, value: Any) -> None:
        """As JSON."""
        self.put_bytes(name, _text(value))

    def put_bytes(self, name: str, body: bytes) -> None:
        self.members[name] = {"size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        self.zip.writestr(_entry(name), body)

    def put_file(self, name: str, file: IO[bytes]) -> None:
        """In pieces. Twice under one name is once."""
        if name in self.members:
            return
        sum_of_it, size = hashlib.sha256(), 0
        with self.zip.open(_entry(name), "w", force_zip64=True) as member:
            while piece := file.read(PIECE):
                sum_of_it.update(piece)
                size += len(piece)
                member.write(piece)
        self.members[name] = {"size": size, "sha256": sum_of_it.hexdigest()}


class ParcelReader:
    """Raises ParcelRefused wherever it is not what it says."""

    def __init__(self, path: Path) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, ValueError):
            raise ParcelRefused(_("This is no zip file, or a broken one.")) from None
        self.packed = path.stat().st_size
        self.manifest = self._manifest()
        self.members: dict[str, dict[str, Any]] = self.manifest["members"]
        self._check_members()

    def __enter__(self) -> ParcelReader:
        return self

    def __exit__(self, *_said: Any) -> None:
        self.zip.close()

    def names(self, folder: str) -> list[str]:
        return [name for name in self.members if name.startswith(f"{folder}/") and name.endswith(".json")]

    def get(self, name: str, default: Any = None) -> Any:
        if name not in self.members:
            return default
        return _read_json(self.body(name, at_most=LARGEST_TEXT), name)

    def body(self, name: str, *, at_most: int = LARGEST_FILE) -> bytes:
        body = b"".join(self._pieces(name, min(at_most, int(self._said_of(name)["size"]))))
        self._check(name, len(body), hashlib.sha256(body).hexdigest())
        return body

    def copy(self, name: str, path: Path, *, at_most: int = LARGEST_FILE) -> None:
        """A member into a file of the caller's own naming, in pieces; what is not what the list says is removed."""
        said, sum_of_it, size = self._said_of(name), hashlib.sha256(), 0
        try:
            with path.open("wb") as file:
                for piece in self._pieces(name, min(at_most, int(said["size"]))):
                    sum_of_it.update(piece)
                    size += len(piece)
                    file.write(piece)
            self._check(name, size, sum_of_it.hexdigest())
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    @property
    def size(self) -> int:
        """Bytes of all that is in it, unpacked."""
        return sum(said["size"] for said in self.members.values())

    def _said_of(self, name: str) -> dict[str, Any]:
        said = self.members.get(name)
        if said is None:
            raise ParcelRefused(_("“%(name)s” is missing in this parcel.") % {"name": name})
        return said

    def _check(self, name: str, size: int, sum_of_it: str) -> None:
        if size != self.members[name]["size"] or sum_of_it != self.members[name]["sha256"]:
            raise ParcelRefused(_("“%(name)s” is not what the parcel's list says: it is damaged.") % {"name": name})

    def _pieces(self, name: str, at_most: int) -> Iterator[bytes]:
        """What comes out of the zip, whatever its directory says of the size: one byte too many ends it."""
        have = 0
        try:
            with self.zip.open(name) as member:
                while piece := member.read(PIECE):
                    have += len(piece)
                    if have > at_most:
                        raise ParcelRefused(_("“%(name)s” is larger than the parcel says.") % {"name": name})
                    yield piece
        except (zipfile.BadZipFile, OSError, EOFError, KeyError, RuntimeError, NotImplementedError, ValueError):
            raise ParcelRefused(_("“%(name)s” cannot be read: the parcel is damaged.") % {"name": name}) from None
        except Exception as error:
            if error.__class__.__module__ == "zlib":
                raise ParcelRefused(_("“%(name)s” cannot be read: the parcel is damaged.") % {"name": name}) from None
            raise

    def _manifest(self) -> dict[str, Any]:
        found = [entry for entry in self.zip.infolist() if entry.filename == MANIFEST]
        if len(found) != 1:
            raise ParcelRefused(_("This zip file is no parcel of a site, or its writing was broken off."))
        said = _read_json(b"".join(self._pieces(MANIFEST, LARGEST_FILE)), MANIFEST)
        if not isinstance(said, dict) or said.get("format") != FORMAT or not isinstance(said.get("members"), dict):
            raise ParcelRefused(_("This zip file is no parcel of a site, or its writing was broken off."))
        if said.get("version") != VERSION:
            raise ParcelRefused(
                _("This parcel is of another version: this program reads version %(number)s.") % {"number": VERSION}
            )
        return said

    def _check_members(self) -> None:
        entries = self.zip.infolist()
        if len(entries) > MOST_MEMBERS or len({entry.filename for entry in entries}) != len(entries):
            raise ParcelRefused(_("This parcel has too many members, or one twice."))
        for entry in entries:
            if entry.filename != MANIFEST and (
                not PLAIN.fullmatch(entry.filename) or entry.filename not in self.members
            ):
                raise ParcelRefused(_("“%(name)s” does not belong into a parcel.") % {"name": entry.filename[:80]})
        whole = sum(entry.file_size for entry in entries)
        if whole > PUFFED * self.packed + LARGEST_TEXT:
            raise ParcelRefused(
                _("This parcel would be %(number)s times as large unpacked: refused.")
                % {"number": whole // self.packed}
            )
        for name, said in self.members.items():
            size = said.get("size") if isinstance(said, dict) else None
            if not isinstance(size, int) or not 0 <= size <= LARGEST_FILE or not isinstance(said.get("sha256"), str):
                raise ParcelRefused(
                    _("“%(name)s” is too large for a parcel, or is not described.") % {"name": name[:80]}
                )


def _entry(name: str) -> zipfile.ZipInfo:
    """The same name and bytes make the same file, whenever they are written."""
    entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_STORED if name.lower().endswith(STORED) else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


class _Exact(DjangoJSONEncoder):
    """Django's own cuts microseconds off."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


def _text(value: Any) -> bytes:
    return json.dumps(value, cls=_Exact, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _read_json(body: bytes, name: str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise ParcelRefused(_("“%(name)s” is no JSON.") % {"name": name}) from None
