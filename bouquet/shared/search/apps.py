from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "bouquet.shared.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        post_migrate.connect(_lay_index, sender=self)


def _lay_index(using: str, **_others: Any) -> None:
    """After the tables, what Django's migrations have no word for: the engine's own index beside them."""
    from bouquet.shared.search.engine import lay_index

    lay_index(using)
