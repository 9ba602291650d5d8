"""An album inside another text, an article's as a rule: its first photos, and the way to the others."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bouquet.kinds.photos.models import Album, Photo
from bouquet.shared.works.models import Work

NUMBER = 7


def insets_of(works: Iterable[Work]) -> dict[int, SafeString]:
    """See SiteKind.inset. `works` come with their site; two queries for all of them."""
    by_id = {work.pk: work for work in works}
    counted = Album.objects.filter(pk__in=by_id).annotate(number=Count("photos", filter=~Q(photos__asset__poster="")))
    numbers = dict(counted.values_list("pk", "number"))
    shown: dict[int, list[Photo]] = {}
    for photo in Photo.objects.filter(album__in=by_id).shown().in_order():
        hung = shown.setdefault(photo.album_id, [])
        if len(hung) < NUMBER:
            hung.append(photo)
    return {
        pk: render_to_string("photos/inset.html", {"work": by_id[pk], "photos": photos, "number": numbers[pk]})
        for pk, photos in shown.items()
    }
