from bouquet.kinds.recipes.models import Recipe

from bouquet.shared.accounts.personal_data import personal_data

# A recipe is a work: its words are given away and forgotten with works; its portions are all that is added here.
personal_data(
    "recipes",
    models=[Recipe],
    export=lambda person: [recipe.portions for recipe in Recipe.objects.filter(author=person)],
    erase=lambda person: None,
)
