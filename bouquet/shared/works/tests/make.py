"""Small makers for tests: a work in the middle of nowhere, live and public unless told otherwise."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from bouquet.shared.network.models import Site
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.works.models import Channel, Work
from bouquet.toolkit.ids import short_id
from bouquet.toolkit.testing.cast import make_person


def make_channel(**changes: Any) -> Channel:
    """Without `site`, on the first site there is; with `owner`, that person's own channel."""
    fields = {"name": "Atelier", "slug": f"atelier-{short_id().lower()}"} | changes
    if "site" not in fields:
        fields["site"] = Site.objects.order_by("is_main", "pk").first() or make_site()
    return Channel.objects.create(**fields)


def make_work(**changes: Any) -> Work:
    """A live, public work of an author of its own (named by `author`), in its channel."""
    fields: dict[str, Any] = {"kind": "videos", "title": "The harbour at dawn", "state": Work.State.LIVE} | changes
    if "site" not in fields:
        fields["site"] = Site.objects.order_by("is_main", "pk").first() or make_site()
    if "author" not in fields:
        fields["author"] = make_person(name="Emma", email=f"emma-{short_id().lower()}@bouquet.example")
    if "channel" not in fields:
        fields["channel"] = Channel.objects.filter(owner=fields["author"]).first() if fields["author"] else None
        fields["channel"] = fields["channel"] or make_channel(site=fields["site"], owner=fields["author"])
    fields.setdefault("slug", slugify(fields["title"], allow_unicode=True)[:80])
    if fields["state"] in (Work.State.LIVE, Work.State.SCHEDULED):
        fields.setdefault("published_at", timezone.now())
    return Work.objects.create(**fields)
