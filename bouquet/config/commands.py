"""Commands of the whole installation."""

from __future__ import annotations

import ipaddress
from typing import Any

import click

from bouquet.config.moving.commands import site
from bouquet.config.nginx import VARIABLE, edge_configuration, front_configuration


def _networks(_context: Any, _parameter: Any, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        try:
            ipaddress.ip_network(value)
        except ValueError:
            raise click.BadParameter(f"{value} is no network: write 192.0.2.0/24, or 2001:db8::/32.") from None
    return values


def _variable(_context: Any, _parameter: Any, value: str) -> str:
    if value and not VARIABLE.fullmatch(value):
        raise click.BadParameter("This is no variable of nginx: write it as '$geoip2_country_code'.")
    return value


@click.command()
@click.option("--pages", default="127.0.0.1:8000", show_default=True, help="Where the server of pages listens.")
@click.option("--bytes", "bytes_", default="", help="Where the server of uploads listens. Default: with the pages.")
@click.option("--listen", default="80", show_default=True, help="What nginx listens on: a port, or address:port.")
@click.option(
    "--country",
    default="",
    callback=_variable,
    help="An nginx variable with the reader's country (ngx_http_geoip2_module). Default: a table that this writes.",
)
@click.option(
    "--trust",
    multiple=True,
    callback=_networks,
    help="A network of the CDN, whose word about the country is believed (BOUQUET_TERRITORY_HEADER). May be repeated.",
)
@click.option(
    "--store",
    type=click.Choice(["signed", "direct"]),
    default="signed",
    show_default=True,
    help="How nginx gets films from the object store: by addresses that Bouquet signs for each, or by itself, where the"
    " bucket's policy lets it (`bouquet video storage --policy`).",
)
@click.option(
    "--edge", "origin", default="", help="For an nginx elsewhere that is the CDN: the address it fetches from."
)
def nginx(pages: str, bytes_: str, listen: str, country: str, trust: tuple[str, ...], store: str, origin: str) -> None:
    """Print nginx's configuration for this network. It holds the signing secret: keep it from others' eyes.

    Beside it, DATA/nginx/countries.geo is written: nginx looks up there where a reader is.
    """
    if origin:
        click.echo(edge_configuration(origin=origin, listen=listen, country=country))
    else:
        ways: dict[str, Any] = {"country": country, "trust": trust, "direct": store == "direct"}
        click.echo(front_configuration(pages=pages, bytes_=bytes_ or pages, listen=listen, **ways))


COMMANDS = [nginx, site]
