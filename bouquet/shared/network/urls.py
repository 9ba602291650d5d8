"""The network's own pages."""

from __future__ import annotations

from django.urls import path, register_converter

from bouquet.shared.network import crossing_views
from bouquet.shared.network.views import about, brand, language
from bouquet.toolkit.lettering import PARTS


class Version:
    regex = "[0-9a-f]{10}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class IconShape(Version):
    regex = "icon|maskable"


class LettersPart(Version):
    regex = "|".join(sorted(PARTS, key=len, reverse=True))


register_converter(Version, "version")
register_converter(LettersPart, "letters_part")
register_converter(IconShape, "icon_shape")

urlpatterns = [
    *crossing_views.urlpatterns,
    path("legal/", about.legal, name="legal"),
    path("about/", about.who_we_are, name="who_we_are"),
    path("language/", language.choose_language, name="language"),
    path("robots.txt", about.robots, name="robots"),
    path("favicon.ico", brand.favicon, name="favicon"),
    path("brand/network-<version:version>.css", brand.network_style_sheet, name="network_style_sheet"),
    path("brand/desk-<version:version>.css", brand.desk_style_sheet, name="desk_style_sheet"),
    path("brand/draft.css", brand.draft_style_sheet, name="draft_style_sheet"),
    path("brand/<int:pk>-<version:version>.css", brand.style_sheet, name="brand_style_sheet"),
    path("brand/<int:pk>-<version:version>/<letters_part:part>.woff2", brand.letters, name="brand_letters"),
    path("brand/<int:pk>-<version:version>/<icon_shape:shape>-<int:size>.png", brand.icon, name="brand_icon"),
]
