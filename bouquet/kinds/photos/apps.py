from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bouquet.shared.network.kinds import SiteKind


class PhotosConfig(AppConfig):
    name = "bouquet.kinds.photos"
    label = "photos"
    verbose_name = _("Photos")
    kind = SiteKind(
        slug="photos",
        label=_("Photos"),
        icon="images",
        home="photos:home",
        creates="photos:new",
        create_label=_("Make an album"),
        work="photos:album",
        text="bouquet.kinds.photos.wording.words_of",
        inset="bouquet.kinds.photos.inset.insets_of",
        moves="bouquet.kinds.photos.moving",
        blocks=("bouquet.kinds.photos.blocks.PhotosBlock",),
    )
