from django.urls import path

from bouquet.shared.discovery.views import choice, home

app_name = "discovery"
urlpatterns = [
    path("for-you/", home.home, name="home"),
    path("trending/", home.trending, name="trending"),
    path("for-you/dismissals", choice.dismissals, name="dismissals"),
    path("me/suggestions/", choice.choice, name="choice"),
    path("me/suggestions/removals", choice.removals, name="removals"),
]
