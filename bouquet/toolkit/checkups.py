"""What every network needs, whatever its sites are."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from bouquet.toolkit.doctor import Finding, bad, checkup, ok, warn

GB = 1024**3


@checkup("Database")
def database() -> Iterator[Finding]:
    if connection.vendor == "sqlite":
        yield from _sqlite()
    else:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            version = cursor.fetchone()[0]
        good = int(version.split(".")[0]) >= 14
        yield ok(f"PostgreSQL {version}") if good else bad(f"PostgreSQL {version} is too old.", "Use 14 or newer.")
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield bad(f"{len(missing)} migrations are not applied.", "Run `bouquet manage migrate` (or `make run`).")
    else:
        yield ok("Every migration is applied.")


def _sqlite() -> Iterator[Finding]:
    if sqlite3.sqlite_version_info < (3, 35):
        yield bad(f"SQLite {sqlite3.sqlite_version} is too old.", "Use Python 3.11 of your system, or PostgreSQL.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    if mode == "wal":
        yield ok(f"SQLite {sqlite3.sqlite_version}, in WAL mode")
    elif mode != "memory":
        yield bad(f"SQLite is in {mode} mode: readers wait for writers.", "Keep the data folder on a local disk.")


@checkup("Disk space")
def disk() -> Iterator[Finding]:
    free = shutil.disk_usage(_existing(Path(settings.DATA))).free
    text = f"{free / GB:.1f} GB are free where {settings.DATA} is"
    if free < settings.DISK_RESERVE_BYTES:
        yield bad(f"{text}: uploads are refused.", "Make room, or lower BOUQUET_DISK_RESERVE_BYTES.")
    elif free < 5 * settings.DISK_RESERVE_BYTES:
        yield warn(f"{text}: that is little for videos.", "Make room before it is needed.")
    else:
        yield ok(text)


@checkup("Data folder")
def data_folder() -> Iterator[Finding]:
    folder = _existing(Path(settings.DATA))
    if os.access(folder, os.W_OK):
        yield ok(f"{settings.DATA} can be written to")
    else:
        yield bad(f"{settings.DATA} cannot be written to.", "Give it to the user that runs Bouquet.")


@checkup("Secret key")
def secret_key() -> Iterator[Finding]:
    path = Path(settings.DATA) / "secret_key"
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield bad(f"Others on this machine can read {path}.", f"chmod 600 {path}")
    elif len(settings.SECRET_KEY) < 40:
        yield bad("The secret key is short.", "Set BOUQUET_SECRET_KEY to 50 random characters, or leave it unset.")
    else:
        yield ok("The secret key is long and private")


@checkup("Mail")
def mail() -> Iterator[Finding]:
    name = settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2]
    if name != "smtp":
        yield warn(
            f"Mail is not sent: it goes to {settings.EMAIL_FILE_PATH if name == 'filebased' else name}.",
            "Set BOUQUET_EMAIL_URL, for example smtp+tls://user:password@mail.example:587, before people sign up.",
        )
        return
    try:
        server = get_connection(timeout=5)
        server.open()
        server.close()
    except OSError as error:
        yield bad(f"{settings.EMAIL_HOST} takes no mail: {error}", "Check BOUQUET_EMAIL_URL.")
    else:
        yield ok(f"{settings.EMAIL_HOST} takes mail")


@checkup("Pages")
def front_end() -> Iterator[Finding]:
    manifest = settings.FRONTEND / "manifest.json"
    if manifest.exists():
        yield ok("Scripts and styles are built")
    else:
        yield bad("Scripts and styles are not built.", "Run `make front` (or `make run`, which does it).")


@checkup("Host name")
def host_name() -> Iterator[Finding]:
    host = settings.MAIN_HOST
    try:
        socket.getaddrinfo(host, None)
    except OSError:
        if host.endswith(".localhost"):
            # Browsers and curl resolve *.localhost by themselves (RFC 6761); many system resolvers do not.
            yield ok(f"{host}: browsers find it on this machine")
        else:
            yield bad(f"{host} has no address.", "Add it and its sub-domains to your DNS, or set BOUQUET_HOST.")
    else:
        yield ok(f"{host} has an address")
    if settings.SCHEME != "https" and not host.endswith("localhost"):
        yield warn("Pages go over plain http.", "Put a proxy with a certificate in front and set BOUQUET_SCHEME=https.")


@checkup("Clock")
def clock() -> Iterator[Finding]:
    """A wrong clock breaks one-time codes, signed addresses and certificates. The database's own clock is asked too."""
    now = datetime.now(UTC)
    if now.year < 2026:
        yield bad(f"This machine believes that it is {now:%Y-%m-%d}.", "Set the clock (NTP).")
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs((cursor.fetchone()[0] - datetime.now(UTC)).total_seconds())
        if apart > 5:
            yield warn(f"The database's clock is {apart:.0f} s apart from ours.", "Let both follow NTP.")
            return
    yield ok(f"It is {now:%Y-%m-%d %H:%M} UTC; the network's time zone is {settings.TIME_ZONE}")


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
