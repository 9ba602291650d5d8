from django.urls import path

from bouquet.shared.works.views import channels, collections, feed, people, watching, works

app_name = "works"
urlpatterns = [
    path("feed/", feed.network, name="feed"),
    path("feed/here/", feed.here, name="feed_here"),
    path("feed/followed/", feed.followed, name="feed_followed"),
    path("feed/rss.xml", feed.rss, name="feed_rss"),
    path("works/<slug:uid>/", works.permalink, name="work"),
    path("works/<slug:uid>/reaction", works.reaction, name="reaction"),
    path("works/<slug:uid>/password", works.password, name="password"),
    path("works/<slug:uid>/collection", collections.membership, name="membership"),
    path("channels/<slug:slug>/", channels.channel, name="channel"),
    path("channels/<slug:slug>/follow", channels.follow, name="follow"),
    path("me/collections/", collections.mine, name="my_collections"),
    path("collections/<slug:uid>/", collections.collection, name="collection"),
    path("collections/<slug:uid>/edit/", collections.edit, name="collection_edit"),
    path("collections/<slug:uid>/removal", collections.removal, name="collection_removal"),
    path("collections/<slug:uid>/items", collections.items, name="collection_items"),
    path("works/position", watching.position, name="position"),
    path("me/watching/", watching.going_on, name="going_on"),
    path("me/watching/removal", watching.going_on_removal, name="going_on_removal"),
    path("me/history/", watching.history, name="history"),
    path("me/history/removal", watching.history_removal, name="history_removal"),
    path("me/history/pause", watching.history_pause, name="history_pause"),
    path("@<slug:handle>/", people.profile, name="profile"),
]
