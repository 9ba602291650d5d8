from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AssetsConfig(AppConfig):
    name = "bouquet.shared.assets"
    label = "assets"
    verbose_name = _("Assets")

    def ready(self) -> None:
        autodiscover_modules("receiving")  # what kinds make of a generic upload (tus/receivers.py)
