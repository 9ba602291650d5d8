"""Before Wagtail's own addresses below /admin/: these take the place of some of them."""

from __future__ import annotations

from django.urls import include, path

from bouquet.shared.network.desk import account

urlpatterns = [
    path("account/", account.preferences),
    path("logout/", account.sign_out),
    path("sites/", include(([path("", account.sites, name="index")], "wagtailsites"))),
]
