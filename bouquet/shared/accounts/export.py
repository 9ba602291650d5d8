"""Writes the zip of a person's data: one JSON file for each app, and their files."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.personal_data import holdings


def write_zip(person: Person, path: Path) -> int:
    """Write it beside its place and move it there when it is whole; gives its size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme())
        for holding in holdings():
            words = json.dumps(holding.export(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            archive.writestr(f"{holding.name}.json", words)
            for name, file in holding.files(person) if holding.files else ():
                if file.is_file():  # media is packed already: storing it costs no time
                    archive.write(file, f"{holding.name}/{name}", compress_type=zipfile.ZIP_STORED)
    unfinished.chmod(0o600)
    unfinished.replace(path)
    return path.stat().st_size


def _readme() -> str:
    return _(
        "This is a copy of everything that the network holds about you. "
        "Each .json file is one part of it; folders hold the files that you sent."
    )
