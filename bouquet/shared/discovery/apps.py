from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscoveryConfig(AppConfig):
    name = "bouquet.shared.discovery"
    label = "discovery"
    verbose_name = _("Suggestions")

    def ready(self) -> None:
        from bouquet.shared.accounts.rooms import add_account_room

        add_account_room("discovery:choice", _("Suggestions"), icon="compass", place=60)
