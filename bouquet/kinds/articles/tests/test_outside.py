"""What of others an article may show: by the operator's list, and never before the reader asks."""

import pytest
from django.core.exceptions import ValidationError

from bouquet.kinds.articles.body_blocks import OutsideBlock
from bouquet.kinds.articles.checkups import embeds
from bouquet.kinds.articles.outside import PROVIDERS, outside_player
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_section, visit
from bouquet.kinds.articles.tests.test_publishing import desk

pytestmark = pytest.mark.django_db
POST = "https://mastodon.social/@Gargron/112233445566778899"
FRAMES = {
    "https://www.youtube.com/shorts/aqz-KE-bpKQ?feature=share": "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
    "https://soundcloud.com/nocturne/aube-sur-le-quai?si=1": "https://w.soundcloud.com/player/"
    "?url=https%3A%2F%2Fsoundcloud.com%2Fnocturne%2Faube-sur-le-quai&visual=false",
    "https://open.spotify.com/intl-fr/episode/0ofXAdFIQQRsCYj9754UFx?si=1": "https://open.spotify.com/embed/episode/"
    "0ofXAdFIQQRsCYj9754UFx",
    "https://www.deezer.com/fr/track/3135556": "https://widget.deezer.com/widget/auto/track/3135556",
    "https://bsky.app/profile/bsky.app/post/3l6oveex3ii2l": "https://embed.bsky.app/embed/bsky.app/"
    "app.bsky.feed.post/3l6oveex3ii2l",
    POST: f"{POST}/embed",
    "https://www.tiktok.com/@some.one/video/7106594312292453675": None,  # known, but not on the usual list
    "https://mastodon.example/@Gargron/112233445566778899": None,  # anybody may run one
    "https://mastodon.social/@Gargron": None,
    "https://soundcloud.com/nocturne": None,
    'https://soundcloud.com/nocturne/"onload=alert(1)': None,
    "https://bsky.app/profile/../post/3l6oveex3ii2l": None,
}


@pytest.mark.parametrize(("address", "frame"), FRAMES.items())
def test_an_address_leads_to_a_frame_by_a_rule_alone(address, frame):
    player = outside_player(address)
    assert (player.frame if player else None) == frame


def test_the_operator_says_who_is_let_in(settings):
    settings.EMBEDS = ["tiktok", "mastodon:mastodon.example"]
    assert outside_player("https://www.tiktok.com/@some.one/video/7106594312292453675")
    assert outside_player("https://mastodon.example/@Gargron/112233445566778899")
    assert outside_player(POST) is None and outside_player("https://youtu.be/aqz-KE-bpKQ") is None
    settings.EMBEDS = ["usual", "tiktok"]
    assert outside_player(POST) and outside_player("https://www.tiktok.com/@some.one/video/7106594312292453675")
    settings.EMBEDS = ["none"]
    assert [each for each in FRAMES if outside_player(each)] == []


def test_a_name_that_is_not_known_is_said_by_the_doctor_and_lets_nobody_in(settings):
    settings.EMBEDS = ["youtoube", "mastodon", "vimeo:evil.example", "vimeo"]
    said = [finding.text for finding in embeds()]
    assert "youtoube, mastodon, vimeo:evil.example" in said[0] and said[-1].endswith("Vimeo.")
    assert outside_player("https://evil.example/76979871") is None and set(PROVIDERS) > {"vimeo"}


def test_a_page_lets_in_the_frames_that_stand_in_it_and_loads_none(ada):
    body = [
        ("outside", {"address": POST, "title": "A word"}),
        ("outside", {"address": "https://soundcloud.com/nocturne/aube", "title": "A piece"}),
    ]
    section = make_section(make_newsroom())
    page = make_article(section, body=body)
    answer = visit(page)
    policy = answer["Content-Security-Policy"]
    assert "frame-src 'self' https://mastodon.social https://w.soundcloud.com;" in policy
    assert "<iframe" not in answer.text and "learns your address on the internet" in answer.text
    plain = visit(make_article(section, title="Plain"))["Content-Security-Policy"]
    assert "frame-src 'self';" in plain
    preview = desk(ada).get(f"/admin/pages/{page.pk}/view_draft/")["Content-Security-Policy"]
    assert "https://mastodon.social" in preview


def test_what_is_not_on_the_list_is_refused_with_the_list():
    block = OutsideBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({"address": "https://evil.example/film", "title": "x"}))
    said = str(refused.value.block_errors["address"])
    assert "YouTube, Vimeo" in said and "Mastodon (mastodon.social, piaille.fr)" in said
