"""Addresses below /newsletters/."""

from django.urls import path

from bouquet.kinds.newsletters.views import lists, sign_up

app_name = "newsletters"
urlpatterns = [
    path("", lists.home, name="home"),
    path("<str:slug>/", lists.newsletter, name="newsletter"),
    path("<str:slug>/rss.xml", lists.feed, name="feed"),
    path("<str:slug>/subscription/", sign_up.subscription, name="subscription"),
    path("<str:slug>/<int:number>/", lists.issue, name="issue"),
]
