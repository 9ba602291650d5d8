"""The words that somebody agrees to when they subscribe. They are kept with the wish, as its proof."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bouquet.kinds.newsletters.models import Newsletter


def promise(newsletter: Newsletter) -> str:
    said = {"letter": newsletter.name, "site": newsletter.site.name}
    return (
        _(
            "I would like to get “%(letter)s” of %(site)s by mail. My address is used for nothing else, "
            "whether I open a mail is not looked at, and every mail has a link that ends it."
        )
        % said
    )
