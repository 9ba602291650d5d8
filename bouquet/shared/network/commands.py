"""`bouquet site …`: add and list the sites of the network."""

from __future__ import annotations

import click
from django.core.exceptions import ValidationError

from bouquet.shared.network.actions import add_site
from bouquet.shared.network.kinds import all_kinds
from bouquet.shared.network.models import Brand, Site


@click.group()
def site() -> None:
    """The sites of the network."""


@site.command("add")
@click.argument("host")
@click.option("--name", required=True, help="What people call it.")
@click.option("--language", default="fr", show_default=True, help="The language it speaks.")
@click.option("--territory", default="FR", show_default=True, help="Its country, two letters (ISO 3166).")
@click.option("--kinds", default="", help="What it offers, with commas between: videos,articles.")
@click.option("--brand", "brand_name", default="", help="An existing brand; without it, one of its own.")
@click.option("--tagline", default="", help="One line that says what it is.")
@click.option("--main", "is_main", is_flag=True, help="The network's own front, which gathers all sites.")
def add(
    host: str, name: str, language: str, territory: str, kinds: str, brand_name: str, tagline: str, is_main: bool
) -> None:
    """Add a site that answers at HOST."""
    try:
        added = add_site(
            host=host,
            name=name,
            language=language,
            territory=territory,
            kinds=[slug.strip() for slug in kinds.split(",") if slug.strip()],
            brand=_brand_named(brand_name) if brand_name else None,
            is_main=is_main,
            tagline=tagline,
        )
    except ValidationError as error:
        raise click.ClickException(_in_lines(error)) from None
    click.echo(f"{added.name} is at {added.url}/ and its front page can be composed at {added.url}/admin/")


@site.command("list")
def list_sites() -> None:
    """Show every site: its address, what it offers, and whether it is open."""
    sites = Site.objects.in_order().select_related("brand")
    if not sites:
        raise click.ClickException("There is no site yet. Make the first: bouquet site add HOST --name NAME --main")
    for each in sites:
        marks = [word for word, holds in (("main", each.is_main), ("closed", not each.is_open)) if holds]
        kinds = ",".join(each.kinds) or "-"
        parts = [each.url + "/", each.name, each.language, kinds, each.brand.name, " ".join(marks)]
        click.echo("	".join(parts).rstrip())


def _brand_named(name: str) -> Brand:
    if brand := Brand.objects.filter(name__iexact=name).first():
        return brand
    known = ", ".join(Brand.objects.order_by("name").values_list("name", flat=True)) or "none yet"
    raise click.ClickException(f"There is no brand “{name}”. Known: {known}.")


def _in_lines(error: ValidationError) -> str:
    """Every complaint on a line, with the option it is about."""
    if not hasattr(error, "error_dict"):
        return "\n".join(error.messages)
    kinds = ", ".join(kind.slug for kind in all_kinds())
    lines = []
    for field, messages in error.message_dict.items():
        about = "" if field == "__all__" else f"{field}: "
        lines += [f"{about}{message}" for message in messages]
        if field == "kinds" and not kinds:
            lines.append("No kind is installed.")
    return "\n".join(lines)


COMMANDS = [site]
