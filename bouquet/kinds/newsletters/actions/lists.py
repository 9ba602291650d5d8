"""Lists: open one, change its recipe."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from bouquet.kinds.newsletters.models import Newsletter
from bouquet.shared.network.models import Site


@transaction.atomic
def add_newsletter(site: Site, name: str, **fields: Any) -> Newsletter:
    """For the demo, commands and tests; the desk saves its form through `change_newsletter`."""
    fields = {"sender_name": name, "language": site.language, "slug": slugify(name, allow_unicode=True)[:60]} | fields
    newsletter = Newsletter(site=site, name=name, **fields)
    newsletter.full_clean()
    return change_newsletter(newsletter)


def change_newsletter(newsletter: Newsletter) -> Newsletter:
    """Save it. From the moment it is switched on, the clock drafts for its next hours, not for those before."""
    if newsletter.is_running and newsletter.running_since is None:
        newsletter.running_since = timezone.now()
    elif not newsletter.is_running:
        newsletter.running_since = None
    newsletter.save()
    return newsletter
