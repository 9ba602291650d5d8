"""Addresses of videos that live at the root: short ones for other people's pages, fixed ones for phones."""

from django.urls import path

from bouquet.kinds.videos.views import embed, oembed, phone, send

urlpatterns = [
    path("embed/<slug:uid>", embed.embed, name="embed"),
    path("embed/list/<slug:uid>", embed.embed_list, name="embed_list"),
    path("oembed", oembed.oembed, name="oembed"),
    path("share-target", send.share_target, name="share_target"),
    path("manifest.webmanifest", phone.manifest, name="manifest"),
    path("sw.js", phone.service_worker, name="service_worker"),
    path("offline", phone.offline, name="offline"),
]
