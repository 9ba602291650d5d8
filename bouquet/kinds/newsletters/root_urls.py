"""Doors of readers, by the keys in their mails. On every host: they open also where a site gave newsletters up."""

from django.urls import path

from bouquet.kinds.newsletters.views import readers

urlpatterns = [
    path("letters/to/<slug:uid>/", readers.link, name="letters_link"),
    path("letters/confirm/<str:key>/", readers.confirmation, name="letters_confirmation"),
    path("letters/<str:key>/", readers.preferences, name="letters_preferences"),
    path("letters/<str:key>/unsubscription/", readers.unsubscription, name="letters_unsubscription"),
]
