"""Many rows of a model whose first columns lie in the table of another one: Django's bulk_create refuses those."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import router
from django.db.models import Model, QuerySet, sql


def insert_rows(rows: Sequence[Model]) -> None:
    """Two statements for all of them; each has its key afterwards. No signal is sent, no `save` runs.

    For a model with one parent, on a database that gives back the keys of an INSERT (SQLite and PostgreSQL do).
    """
    if not rows:
        return
    model = type(rows[0])
    parents: Any = model._meta.parents.items()
    ((parent, link),) = parents
    above: QuerySet[Any] = QuerySet(parent)
    above.bulk_create(rows)
    for row in rows:
        setattr(row, link.attname, getattr(row, parent._meta.pk.attname))
    query = sql.InsertQuery(model)
    query.insert_values(model._meta.local_concrete_fields, list(rows))
    query.get_compiler(using=router.db_for_write(model)).execute_sql()
    for row in rows:
        row._state.adding = False
