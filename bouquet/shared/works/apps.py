from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.rooms import add_account_room


class WorksConfig(AppConfig):
    name = "bouquet.shared.works"
    label = "works"
    verbose_name = _("Works")

    def ready(self) -> None:
        add_account_room("works:going_on", _("What you watch"), icon="history", place=40, also=("/me/history/",))
