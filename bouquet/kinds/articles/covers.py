"""The picture of an article on cards, in feeds and where it is shared: an asset, like every work's."""

from __future__ import annotations

from wagtail.images.models import SourceImageIOError

from bouquet.kinds.articles.models import Article
from bouquet.shared.assets.actions import add_picture, remove_asset
from bouquet.shared.network.models import Picture
from bouquet.shared.works.actions import change_work

CUT = "fill-1600x900|format-jpeg"


def cover_named(picture: Picture | None) -> str:
    """Another file, or another focal point, is another cover."""
    if picture is None:
        return ""
    point = (picture.focal_point_x, picture.focal_point_y, picture.focal_point_width, picture.focal_point_height)
    return f"{picture.pk}:{picture.file.name}:{point}"[:200]


def make_cover(article: Article) -> None:
    """Safe to run twice: the same picture, cut the same way, is made once."""
    picture = article.page.picture
    name = cover_named(picture)
    if article.cover_of == name:
        return
    former, made = article.cover, None
    if picture is not None:
        try:
            with picture.get_rendition(CUT).file.open("rb") as file:
                made = add_picture(file, filename=picture.title)
        except (SourceImageIOError, OSError):
            return  # its file is missing: the former cover stays until there is another
    change_work(article, by=None, cover=made, poster=made, cover_of=name)
    if former is not None:
        remove_asset(former)
