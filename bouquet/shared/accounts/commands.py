"""`bouquet person add` and `bouquet token`."""

from __future__ import annotations

import click
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from bouquet.shared.accounts.actions import PersonExists, add_person, issue_token
from bouquet.shared.accounts.models import Person


@click.group()
def person() -> None:
    """People with an account."""


@person.command()
@click.argument("email")
@click.option("--name", required=True, help="The name that others see.")
@click.option("--password", help="Without one, the person signs in by a code sent to their address.")
@click.option("--staff", is_flag=True, help="Runs the network: the editors' desk and every right.")
def add(email: str, name: str, password: str | None, staff: bool) -> None:
    """Open an account for EMAIL, its address taken as verified."""
    try:
        validate_email(email)
        added = add_person(email, name=name, password=password, staff=staff)
    except ValidationError:
        raise click.ClickException(f"“{email}” is not an e-mail address.") from None
    except PersonExists as error:
        click.echo(f"{error} Nothing was changed.")
        return
    role = "runs the network" if staff else "member"
    click.echo(f"{added.name} <{added.email}> is in ({role}, /@{added.handle}).")


@click.command()
@click.argument("email")
@click.option("--name", default="bouquet token", show_default=True, help="What the token is for.")
def token(email: str, name: str) -> None:
    """Print a new bearer token of EMAIL, alone on its line. It is shown this once."""
    owner = Person.objects.active().filter(email=email.strip().lower()).first()
    if owner is None:
        raise click.ClickException(f"There is no open account with the address {email}.")
    click.echo(issue_token(owner, name=name)[1])


COMMANDS = [person, token]
