"""Accounts that an operator or the demo opens. Everybody else signs up by themselves (allauth)."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person


class PersonExists(ValueError):
    """There is an account with this address already."""


@transaction.atomic
def add_person(email: str, *, name: str, password: str | None = None, staff: bool = False) -> Person:
    """An account with a verified address. `staff` runs the network: the whole editors' desk, every right.

    Without a password the person signs in by a one-time code sent to their address. Raises PersonExists.
    """
    email = email.strip().lower()
    if Person.objects.filter(email=email).exists():
        raise PersonExists(_("There is already an account with the address %(email)s.") % {"email": email})
    person = Person.objects.create_user(email, password, name=name, is_staff=staff, is_superuser=staff)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person
