"""Addresses below /videos/."""

from django.urls import include, path

from bouquet.kinds.videos.views import captions, chapters, edit, lists, podcast, send, studio, transcript, watch

app_name = "videos"
urlpatterns = [
    path("", lists.home, name="home"),
    path("all/", lists.browse, name="browse"),
    path("categories/<slug:category>/", lists.browse, name="category"),
    path("tags/<str:tag>/", lists.browse, name="tag"),
    path("new/", send.send, name="upload"),
    path("mine/", studio.mine, name="mine"),
    path("mine/lines", studio.lines, name="mine_lines"),
    path("mine/visibility", studio.visibility, name="mine_visibility"),
    path("mine/site", studio.site, name="mine_site"),
    path("mine/removal", studio.removal, name="mine_removal"),
    path("imports/", include("bouquet.kinds.videos.imports.urls")),
    path("channels/<str:slug>/", lists.channel, name="channel"),
    path("channels/<str:slug>/playlists/", lists.playlists, name="channel_playlists"),
    path("channels/<str:slug>/podcast.xml", podcast.sound, name="podcast"),
    path("channels/<str:slug>/video-podcast.xml", podcast.film, name="video_podcast"),
    path("channels/<str:slug>/settings", lists.channel_settings, name="channel_settings"),
    path("<slug:uid>/edit", edit.edit, name="edit"),
    path("<slug:uid>/poster", edit.poster, name="poster"),
    path("<slug:uid>/poster/removal", edit.poster_removal, name="poster_removal"),
    path("<slug:uid>/removal", edit.removal, name="removal"),
    path("<slug:uid>/", include("bouquet.kinds.videos.replacing.urls")),
    path("<slug:uid>/captions", captions.tracks, name="captions"),
    path("<slug:uid>/captions/<slug:language>/<slug:kind>", captions.editor, name="caption"),
    path("<slug:uid>/captions/<slug:language>/<slug:kind>/removal", captions.removal, name="caption_removal"),
    path("<slug:uid>/captions/<slug:language>/<slug:kind>.<slug:form>", captions.file, name="caption_file"),
    path("<slug:uid>/hearing", captions.hearing, name="hearing"),
    path("<slug:uid>/chapters", chapters.chapters, name="chapters"),
    path("<slug:uid>/chapters.vtt", chapters.track, name="chapters_track"),
    path("<slug:uid>/transcript", transcript.transcript, name="transcript"),
    path("<slug:uid>/sound.m4a", podcast.sound_file, name="sound_file"),
    path("<slug:uid>/film.mp4", watch.download, name="film_file"),
    path("<slug:uid>/download", watch.download, name="download"),
    path("<slug:uid>/stage", watch.stage, name="stage"),
    path("<slug:uid>/<str:slug>/", watch.watch, name="watch"),
    path("<slug:uid>/", watch.watch),
]
