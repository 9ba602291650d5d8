"""Addresses below /photos/."""

from django.urls import path

from bouquet.kinds.photos.views import album, lists, making, photo, studio

app_name = "photos"
urlpatterns = [
    path("", lists.home, name="home"),
    path("themes/<slug:category>/", lists.home, name="theme"),
    path("tags/<str:tag>/", lists.home, name="tag"),
    path("new/", making.new, name="new"),
    path("mine/", studio.mine, name="mine"),
    path("<slug:uid>/photos", making.add, name="add"),
    path("<slug:uid>/arrange", studio.arrange, name="arrange"),
    path("<slug:uid>/order", studio.order, name="order"),
    path("<slug:uid>/states", studio.states, name="states"),
    path("<slug:uid>/edit", studio.edit, name="edit"),
    path("<slug:uid>/publication", studio.publication, name="publication"),
    path("<slug:uid>/removal", studio.removal, name="removal"),
    path("<slug:uid>/photo/<slug:photo>/", photo.photo, name="photo"),
    path("<slug:uid>/photo/<slug:photo>/file", photo.download, name="download"),
    path("<slug:uid>/photo/<slug:photo>/edit", studio.edit_photo, name="edit_photo"),
    path("<slug:uid>/<str:slug>/", album.album, name="album"),
    path("<slug:uid>/", album.album),
]
