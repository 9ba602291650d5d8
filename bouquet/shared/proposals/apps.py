from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.rooms import add_account_room


class ProposalsConfig(AppConfig):
    name = "bouquet.shared.proposals"
    label = "proposals"
    verbose_name = _("Proposals")

    def ready(self) -> None:
        add_account_room("proposals:mine", _("What I proposed"), icon="send", place=68)
