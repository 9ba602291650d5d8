"""Commands of the whole installation."""

from __future__ import annotations

import click
from django.conf import settings

from bouquet.shared.assets.delivery.addresses import secret


@click.command()
@click.option("--pages", default="127.0.0.1:8000", show_default=True, help="Where the server of pages listens.")
@click.option("--bytes", "bytes_", default="", help="Where the server of uploads listens. Default: with the pages.")
@click.option("--listen", default="80", show_default=True, help="What nginx listens on: a port, or address:port.")
def nginx(pages: str, bytes_: str, listen: str) -> None:
    """Print nginx's configuration for this network. It holds the signing secret: keep it from others' eyes."""
    click.echo(nginx_configuration(pages=pages, bytes_=bytes_ or pages, listen=listen))


def nginx_configuration(*, pages: str, bytes_: str, listen: str) -> str:
    """docs/running/nginx.conf with this network's folders, secret and servers in their places."""
    text = (settings.ROOT / "docs" / "running" / "nginx.conf").read_text()
    values = {
        "@PAGES@": pages,
        "@BYTES@": bytes_,
        "@LISTEN@": listen,
        "@DATA@": str(settings.DATA),
        "@ARCHIVE@": settings.ORIGINALS_ARCHIVE.rstrip("/") or f"{settings.DATA}/archive",
        "@SECRET@": secret(),
        "@UPLOAD_MAX@": str(settings.UPLOAD_STAFF_MAX_BYTES),
    }
    for name, value in values.items():
        text = text.replace(name, value)
    return text


COMMANDS = [nginx]
