from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bouquet.shared.network.kinds import SiteKind


class VideosConfig(AppConfig):
    name = "bouquet.kinds.videos"
    label = "videos"
    verbose_name = _("Videos")
    kind = SiteKind(
        slug="videos",
        label=_("Videos"),
        icon="play",
        home="videos:home",
        creates="videos:upload",
        create_label=_("Send a video"),
        work="videos:watch",
        embed="embed",
        channel="videos:channel",
        card="videos/card.html",
        head="videos/head.html",
        speech="bouquet.kinds.videos.tracks.spoken_words",
        blocks=("bouquet.kinds.videos.blocks.VideosBlock",),
    )
