"""What videos offer to front pages."""

from __future__ import annotations

from typing import Any

from bouquet.kinds.videos.blocks import VideosBlock
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.works.models import Work


def test_a_front_page_takes_the_latest_or_the_most_seen(site: Any, chloe: Any, rf: Any) -> None:
    loved, new = make_video(author=chloe, title="Loved"), make_video(author=chloe, title="New")
    make_video(author=chloe, visibility="unlisted")
    Work.objects.filter(pk=loved.pk).update(views_lately=9)
    request = rf.get("/")
    request.site, request.user, request.territory = site, chloe, "FR"
    block = VideosBlock()
    for order, first in (("latest", new), ("seen", loved)):
        value = block.to_python({"title": "", "order": order, "number": 4})
        works = list(block.works_for(value, request))
        assert works[0].pk == first.pk
        assert len(works) == 2
        html = block.render(value, context={"works": works, "site": site, "request": request})
        assert "Loved" in html
        assert first.path in html
