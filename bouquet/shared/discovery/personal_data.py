"""What suggestions hold about a person: whether they are on, and what the person does not want to be shown."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.personal_data import personal_data
from bouquet.shared.discovery.home import home_is_on
from bouquet.shared.discovery.models import Dismissal, HomeChoice


def export_choices(person: Person) -> dict[str, Any]:
    said = Dismissal.objects.filter(person=person).select_related("work__site", "channel__site").order_by("pk")
    return {
        "suggestions_on": home_is_on(person),
        "not_interested": [
            {
                "address": (each.work or each.channel).address,  # type: ignore[union-attr]
                "what": "work" if each.work else "channel",
                "at": each.created_at,
            }
            for each in said
        ],
    }


def erase_choices(person: Person) -> None:
    Dismissal.objects.filter(person=person).delete()
    HomeChoice.objects.filter(person=person).delete()


personal_data(
    "discovery",
    models=[HomeChoice, Dismissal],
    export=export_choices,
    erase=erase_choices,
    goes=_("What you did not want to be suggested."),
)
