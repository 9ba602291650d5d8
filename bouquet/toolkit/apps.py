from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ToolkitConfig(AppConfig):
    name = "bouquet.toolkit"
    label = "toolkit"

    def ready(self) -> None:
        """Whoever announces must know who listens: every app's `listeners.py` is read at the start of every process."""
        autodiscover_modules("listeners")
