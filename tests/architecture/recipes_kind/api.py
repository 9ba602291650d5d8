from typing import Any

from bouquet.kinds.recipes.models import Recipe
from django.http import HttpRequest
from ninja import Router, Schema

from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.api import Anyone

router = Router(tags=["recipes"])


class RecipeOut(Schema):
    uid: str
    title: str
    portions: int


@router.get("/recipes", auth=Anyone, response=list[RecipeOut])
def latest(request: HttpRequest) -> Any:
    return Recipe.objects.on(request.site).listed_for(Viewer.of(request)).latest()[:20]
