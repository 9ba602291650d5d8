"""What `bouquet doctor` asks of articles."""

from __future__ import annotations

from collections.abc import Iterator

from bouquet.kinds.articles.outside import PROVIDERS, names_let_in, unknown_names
from bouquet.toolkit.doctor import Finding, checkup, ok, warn


@checkup("What articles show of others")
def embeds() -> Iterator[Finding]:
    if unknown := [word for word in unknown_names() if word != "none"]:
        known = ", ".join(name if each.hosts else f"{name}:HOST" for name, each in PROVIDERS.items())
        yield warn(f"BOUQUET_EMBEDS names what is not known: {', '.join(unknown)}.", mend=f"Known: {known}.")
    yield ok(f"Articles may show, once a reader asks: {names_let_in() or 'nothing of others'}.")
