"""What a person changes about themselves."""

from __future__ import annotations

from datetime import date
from typing import Any, BinaryIO

from django.db import transaction

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.picture import drop_picture, keep_picture


def change_picture(person: Person, file: BinaryIO, *, size: int) -> None:
    """Replace the picture; the files of the old one go once the row has changed. Raises PictureRefused."""
    _set_picture(person, keep_picture(file, size=size))


def remove_picture(person: Person) -> None:
    _set_picture(person, "")


def tell_birth_date(person: Person, born: date) -> None:
    """Said once: afterwards only the staff can correct it, or an age limit would be a question of retyping it."""
    if person.birth_date is None:
        person.birth_date = born
        person.save(update_fields=["birth_date"])


def _set_picture(person: Person, name: Any) -> None:
    before = person.picture.name or ""
    with transaction.atomic():
        person.picture = name
        person.save(update_fields=["picture"])
        transaction.on_commit(lambda: drop_picture(before))
