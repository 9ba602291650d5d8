"""Addresses of front pages themselves are Wagtail's; these are what search engines ask for."""

from __future__ import annotations

from django.urls import path

from bouquet.shared.fronts.views import sitemap

urlpatterns = [
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-pages.xml", sitemap.pages, name="sitemap_pages"),
    path("sitemap-<int:part>.xml", sitemap.works, name="sitemap_works"),
]
