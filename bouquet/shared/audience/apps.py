from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AudienceConfig(AppConfig):
    name = "bouquet.shared.audience"
    label = "audience"
    verbose_name = _("Audience")
