from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class FrontsConfig(AppConfig):
    name = "bouquet.shared.fronts"
    label = "fronts"
    verbose_name = _("Fronts")

    def ready(self) -> None:
        from bouquet.shared.fronts.beginnings import first_front_page
        from bouquet.shared.fronts.checks import every_block_is_there
        from bouquet.shared.fronts.desk_news import listen_to_colleagues
        from bouquet.shared.fronts.republishing import listen_to_wagtail
        from bouquet.shared.network.actions import first_pages_are_made_by

        listen_to_wagtail()
        listen_to_colleagues()
        first_pages_are_made_by(first_front_page)
        register(every_block_is_there)
