"""Many works at once that were published elsewhere long ago: a move of a whole newsroom is told in one piece."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from bouquet.shared.works.actions.particulars import tags_wanted
from bouquet.shared.works.events import WorksBrought
from bouquet.shared.works.models import Tag, Work
from bouquet.toolkit.events import announce
from bouquet.toolkit.rows import insert_rows


def bring_works(brought: Sequence[tuple[Work, Iterable[str]]]) -> None:
    """New ones of one kind, live, each with its tags: their rows, and one piece of news for all.

    Search, counts and kept pages hear of them as of any publication. Followers do not: what came out long ago is no
    news (telling.NEWS); whatever is younger is for `publish_work`.
    """
    with transaction.atomic():
        insert_rows([work for work, _names in brought])
        _put_tags([(work.pk, tags_wanted(names)) for work, names in brought])
        if brought:
            announce(WorksBrought(work_ids=[work.pk for work, _names in brought]))


def _put_tags(wanted: list[tuple[int, dict[str, str]]]) -> None:
    """In the spelling that was there first."""
    names: dict[str, str] = {}
    for _work, tags in wanted:
        names = tags | names
    Tag.objects.bulk_create([Tag(slug=slug, name=name) for slug, name in names.items()], ignore_conflicts=True)
    found = dict(Tag.objects.filter(slug__in=names).values_list("slug", "pk"))
    hung = Work.tags.through
    hung.objects.bulk_create(hung(work_id=work, tag_id=found[slug]) for work, tags in wanted for slug in tags)
