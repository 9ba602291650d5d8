"""What the tasks of photos are called on the operators' desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bouquet.toolkit.tasks.words import name_tasks

name_tasks({"bouquet.kinds.photos.tasks.cut_card": _("Cut the picture of an album")})
