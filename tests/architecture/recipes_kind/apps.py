from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bouquet.shared.network.kinds import SiteKind


class RecipesConfig(AppConfig):
    name = "bouquet.kinds.recipes"
    label = "recipes"
    verbose_name = _("Recipes")
    kind = SiteKind(slug="recipes", label=_("Recipes"), icon="chef-hat", home="recipes:home", work="recipes:recipe")
