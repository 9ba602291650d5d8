from django.db import models

from bouquet.shared.works.models import Work


class Recipe(Work):
    portions = models.PositiveSmallIntegerField(default=4)
