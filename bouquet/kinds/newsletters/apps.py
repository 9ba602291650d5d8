from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bouquet.shared.network.kinds import SiteKind


class NewslettersConfig(AppConfig):
    name = "bouquet.kinds.newsletters"
    label = "newsletters"
    verbose_name = _("Newsletters")
    kind = SiteKind(
        slug="newsletters",
        label=_("Newsletters"),
        icon="mail",
        home="newsletters:home",
        blocks=("bouquet.kinds.newsletters.blocks.SignUpBlock",),
        moves="bouquet.kinds.newsletters.moving",
    )

    def ready(self) -> None:
        from bouquet.kinds.newsletters.provider import listen_to_provider

        listen_to_provider()
