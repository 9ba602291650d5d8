"""nginx's configurations for this network: docs/running/nginx.conf and edge.conf, filled in with what is its own."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator

from django.conf import settings

from bouquet.config.nginx_store import store_words
from bouquet.shared.assets.delivery.addresses import secret
from bouquet.shared.network.country_table import write_countries_table
from bouquet.shared.network.models import Network
from bouquet.shared.network.territory import OWN_GROUND, says_the_proxy

VARIABLE = re.compile(r"\$[a-z][a-z0-9_]*", re.ASCII)


def front_configuration(
    *, pages: str, bytes_: str, listen: str, country: str = "", trust: Iterable[str] = (), direct: bool = False
) -> str:
    """For the nginx in front. `country`: a variable of a module of nginx that knows it. `trust`: networks whose word
    about the country is believed (a CDN's); none: that of everybody, because only a proxy of ours comes here.
    `direct`: the object store gives to this nginx by the bucket's policy, and Bouquet is not asked."""
    header = says_the_proxy()
    return _filled(
        "nginx.conf",
        store_words(direct=direct)
        | {
            "@WHERE@": "\n".join(_where(header, country, list(trust))),
            "@TOLD_APART@": header,
            "@SHARING@": "public" if header else "private",
            "@PASS_ON@": f"proxy_set_header {header} $bouquet_territory;   # pages and streams agree" if header else "",
            "@PAGES@": pages,
            "@BYTES@": bytes_,
            "@ARCHIVE@": settings.ORIGINALS_ARCHIVE.rstrip("/") or f"{settings.DATA}/archive",
            "@LISTEN@": listen,
            "@UPLOAD_MAX@": str(settings.UPLOAD_STAFF_MAX_BYTES),
        },
    )


def edge_configuration(*, origin: str, listen: str, country: str = "") -> str:
    """For an nginx of our own that stands elsewhere as a CDN: it checks addresses itself and keeps what it fetched."""
    header = says_the_proxy()
    return _filled(
        "edge.conf",
        {
            "@WHERE@": "\n".join(_where("", country, [])),
            "@PASS_ON@": f"proxy_set_header {header} $bouquet_territory;" if header else "",
            "@ORIGIN@": origin.rstrip("/"),
            "@ORIGIN_HOST@": settings.MAIN_HOST,
            "@LISTEN@": listen,
        },
    )


def _filled(name: str, values: dict[str, str]) -> str:
    text = (settings.ROOT / "docs" / "running" / name).read_text()
    for each, value in (values | {"@DATA@": str(settings.DATA), "@SECRET@": secret()}).items():
        text = text.replace(each, value)
    return text


# ── Where a reader is ────────────────────────────────────────────────────────────────────────────────────────────────
def _where(header: str, country: str, trust: list[str]) -> Iterator[str]:
    """Lines that define $bouquet_territory: by the proxy's header where it is believed, else by nginx's own look."""
    if country:
        yield f"# The country is {country}, of a module of this nginx."
    else:
        yield from _looked_up()
    found = country or "$bouquet_country"
    if not header:
        yield f"map {found} $bouquet_territory {{ default {found}; }}"
        return
    said = f"$http_{header.lower().replace('-', '_')}"
    if trust:
        yield f"# What {header} says is believed of these alone:"
        yield "geo $realip_remote_addr $bouquet_trusted {"
        yield "    default 0;"
        yield from (f"    {ipaddress.ip_network(each)} 1;" for each in trust)
        yield "}"
    else:
        yield f"# The proxy in front says it in {header}. ATTENTION: nobody but that proxy may be able to reach this"
        yield "# server, or readers choose their country themselves; `--trust NETWORK` names whose word is believed."
        yield "map $host $bouquet_trusted { default 1; }"
    yield f'map "$bouquet_trusted {said}" $bouquet_territory {{'
    yield f'    "~*^1 [A-Z]{{2}}$"  {said};'
    yield f"    default           {found};"
    yield "}"


def _looked_up() -> Iterator[str]:
    table = write_countries_table()
    if table:
        yield f"# Looked up in a table made of {settings.TERRITORY_DATABASE}."
        yield "# Write this configuration again whenever that changes; `bouquet doctor` reminds you."
    else:
        yield f"# ATTENTION: {settings.TERRITORY_DATABASE} cannot be read, so nobody's country is known here:"
        yield "# films that are limited to countries are refused (451) to all but the network's own ground."
    yield "geo $bouquet_country {"
    yield '    default "";'
    home = Network.current().territory
    yield from (f'    {network} "{home}";' for network in OWN_GROUND)
    if table:
        yield f"    include {table};"
    yield "}"
