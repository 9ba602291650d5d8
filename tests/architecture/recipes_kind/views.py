from bouquet.kinds.recipes.models import Recipe
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.toolkit.access import public
from bouquet.toolkit.pages import keyset_page


@public
def home(request: HttpRequest) -> HttpResponse:
    recipes = Recipe.objects.on(request.site).listed_for(Viewer.of(request)).cards()
    return render(request, "recipes/home.html", {"page": keyset_page(recipes, request)})


@public
def recipe(request: HttpRequest, uid: str, slug: str) -> HttpResponse:
    found = find_work(Recipe.objects.on(request.site), uid, Viewer.of(request))
    return render(request, "recipes/recipe.html", {"recipe": found})
