from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "bouquet.shared.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from bouquet.shared.accounts import listeners, own_data  # noqa: F401 (hear Django and allauth; register)
        from bouquet.shared.accounts.actions import bearer_of
        from bouquet.toolkit.api.auth import register_reader

        register_reader(lambda request, secret: bearer_of(secret))
        autodiscover_modules("personal_data")
