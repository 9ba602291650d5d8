from bouquet.kinds.recipes.models import Recipe
from django.db import transaction

from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Site
from bouquet.shared.works.actions import channel_of, publish_work


def add_recipe(*, person: Person, site: Site, title: str, portions: int) -> Recipe:
    with transaction.atomic():
        recipe = Recipe.objects.create(
            kind="recipes", site=site, author=person, channel=channel_of(person, site), title=title, portions=portions
        )
        publish_work(recipe, by=person)
    return recipe
