"""What a reader gets of an article."""

import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from bouquet.kinds.articles.actions import add_author
from bouquet.kinds.articles.body_blocks import TableBlock
from bouquet.kinds.articles.models import Article, ArticlePage, Correction
from bouquet.kinds.articles.outside import outside_player
from bouquet.kinds.articles.tasks import cover_article, prepare_article
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_picture, make_section, visit
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.works.actions import hide_work
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db):
    return make_section(make_newsroom())


def full_article(section, **changes):
    picture = make_picture()
    body = [
        ("text", "<p>First words.</p>"),
        (
            "picture",
            {"picture": make_picture(credit="Nadar"), "caption": "At low tide", "alternative": "", "width": "wide"},
        ),
        ("quote", {"words": "We row.", "by": "A rower"}),
        ("question", {"question": "Why?", "answer": "<p>Because.</p>"}),
        ("facts", {"title": "In figures", "text": "<p>Two boats.</p>"}),
        ("table", {"title": "Boats", "cells": "Port\tBoats\nNice\t12", "source": "The port"}),
    ]
    author = add_author(section.site, "Basile Moreau", role="Reporter")
    return make_article(section, picture=picture, authors=[author], body=body, themes="Ports", **changes)


def data_of(text):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S).group(1))


def test_a_page_has_every_piece_with_its_maker(section):
    page = full_article(section)
    page.corrections = [Correction(words="There are twelve boats, not two.", at=timezone.now())]
    page.save_revision().publish()
    cover_article.call(page.article.pk)
    prepare_article.call(page.article.pk)
    text = visit(page).text
    for words in [
        *("Culture", "Basile Moreau", "First words.", "At low tide", "Nadar", "CC BY 4.0", 'alt="Boats at dawn"'),
        *("We row.", "Why?", "In figures", '<th scope="row">Nice</th>', "twelve boats, not two", "1 minute to read"),
        *('type="image/avif"', "Ports", 'rel="canonical"', 'property="og:image"', 'rel="author"'),
    ]:
        assert words in text, words
    news, trail = data_of(text)
    assert news["@type"] == "NewsArticle" and news["author"][0]["name"] == "Basile Moreau" and news["image"]
    assert news["correction"][0]["text"].startswith("There are twelve")
    assert [step["name"] for step in trail["itemListElement"]] == ["Magazine", "Articles", "Culture", page.title]


def test_an_uncached_page_costs_a_stranger_twelve_queries_at_most(section, network, django_assert_max_num_queries):
    page = full_article(section)
    video = make_work(site=make_site("video"), title="The pier, filmed")
    for number in range(5):
        make_article(section, title=f"Other {number}", themes="Ports")
    page.body.append(("work", {"work": video, "caption": ""}))
    others = list(ArticlePage.objects.exclude(pk=page.pk))
    for other in others:
        page.body.append(("text", f'<p><a linktype="page" id="{other.pk}">Read {other.title}</a></p>'))
    page.save_revision().publish()
    assert visit(page).status_code == 200
    with django_assert_max_num_queries(12):
        text = visit(page).text
    assert "The pier, filmed" in text and text.count('class="card"') == 4
    assert all(
        f'href="{other.own_path()}">Read {other.title}</a>' in text.replace(page.site.url, "") for other in others
    )


def test_a_page_made_again_costs_half_and_says_nothing_that_was(section, chloe, network, django_assert_max_num_queries):
    page = full_article(section)
    beside = make_article(section, title="Next to it")
    prepare_article.call(Article.objects.get(page=page).pk)
    author, picture = page.bylines.get().author, page.picture
    assert "Basile Moreau" in visit(page).text
    with django_assert_max_num_queries(7):
        assert "Next to it" in visit(page).text

    def changed(words, change):
        change()
        assert words in visit(page).text and words in visit(page).text, words

    def set_and_save(row, **values):
        for name, value in values.items():
            setattr(row, name, value)
        row.save_revision().publish() if hasattr(row, "save_revision") else row.save()

    changed("Basile Blanc", lambda: set_and_save(author, title="Basile Blanc"))
    changed("Photo: nobody", lambda: set_and_save(picture, credit="Photo: nobody"))
    changed("Second words.", lambda: set_and_save(page, body=[("text", "<p>Second words.</p>")]))
    changed("The harbour at noon", lambda: set_and_save(page, title="The harbour at noon"))
    changed(">Arts</a>", lambda: set_and_save(section, title="Arts"))
    changed("Beside it", lambda: set_and_save(beside, title="Beside it"))
    changed("not two", lambda: set_and_save(page, corrections=[Correction(words="twelve boats, not two")]))
    changed("Sign in to say something.", lambda: None)
    hers = visit(page, person=chloe).text
    assert "Sign in to say something." not in hers and chloe.handle in hers and "Second words." in hers
    assert chloe.handle not in visit(page).text
    hide_work(Article.objects.get(page=beside), by=None)
    assert "Beside it" not in visit(page).text


def test_what_was_pasted_runs_nothing(section):
    bad = "<script>alert(1)</script>"
    picture = make_picture(title=bad, credit=bad, licence=bad[:20], description=bad)
    words = {"caption": bad, "alternative": f'"{bad}', "width": "text"}
    body = [
        ("quote", {"words": bad, "by": bad}),
        ("table", {"title": bad, "cells": f"{bad};b\nc;d", "source": bad}),
        ("picture", {"picture": picture} | words),
        ("question", {"question": bad, "answer": "<p>No.</p>"}),
        ("facts", {"title": bad, "text": "<p>None.</p>"}),
    ]
    author = add_author(section.site, f"Basile {bad}", role=bad, about=bad, slug="basile")
    page = make_article(
        section, title=f"Pasted {bad}", lead=bad, body=body, caption=bad, picture=picture, authors=[author], themes=bad
    )
    assert "<script>alert" not in visit("/articles/authors/basile/", page.site).text
    answer = visit(page)
    assert "<script>alert" not in answer.text and data_of(answer.text)[0]["headline"] == f"Pasted {bad}"


def test_a_film_that_a_reader_may_not_see_leaves_no_trace(section, chloe):
    shown = make_work(title="For everybody", site=make_site("video"))
    hidden = make_work(title="For members", site=shown.site, visibility="members")
    body = [("work", {"work": shown, "caption": ""}), ("work", {"work": hidden, "caption": "of members"})]
    page = make_article(section, body=body)
    answer = visit(page)
    assert "For everybody" in answer.text and "of members" not in answer.text
    assert f'src="{shown.site.url}/embed/{shown.uid}"' in answer.text
    assert f"frame-src 'self' {shown.site.url};" in answer["Content-Security-Policy"]
    assert "For members" in visit(page, person=chloe).text


def test_a_film_of_others_is_fetched_by_nobody_who_did_not_ask(section):
    address = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
    page = make_article(section, body=[("outside", {"address": address, "title": "A short film"})])
    answer = visit(page)
    assert "A short film" in answer.text and "<iframe" not in answer.text
    assert "https://www.youtube-nocookie.com" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        ("https://youtu.be/aqz-KE-bpKQ", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871"),
        ("https://www.dailymotion.com/video/x8abcde", "https://geo.dailymotion.com/player.html?video=x8abcde"),
        ("https://framatube.org/w/9c9de5e8-0a1e", "https://framatube.org/videos/embed/9c9de5e8-0a1e"),
        ("https://youtube.com.example.org/watch?v=aqz-KE-bpKQ", None),
        ("https://evil.example/embed/aqz-KE-bpKQ", None),
        ("javascript:alert(1)//youtu.be/aqz-KE-bpKQ", None),
        ('https://youtu.be/"><script>', None),
        ("https://[youtu.be/x", None),
    ],
)
def test_only_known_players_are_let_in(address, frame):
    player = outside_player(address)
    assert (player.frame if player else None) == frame


def test_a_table_of_one_column_or_of_a_million_cells_is_refused():
    block = TableBlock()
    for cells in ("alone", "a\nb\nc", "a;b\n" * 2000):
        with pytest.raises(ValidationError):
            block.clean(block.to_python({"title": "x", "cells": cells, "source": ""}))


def test_comments_close_two_years_after_publication_and_the_page_says_so(section):
    old = make_article(section, title="Old", published_at=timezone.now() - timedelta(days=25 * 31))
    kept = make_article(section, title="Kept open", published_at=old.first_published_at, comments_policy="open")
    new = make_article(section, title="New")
    assert "Comments closed on" in visit(old).text
    assert "Comments closed on" not in visit(kept).text
    assert "Comments on this article close on" in visit(new).text


def test_the_date_of_an_update_stands_beside_the_first_one(section):
    page = make_article(section, published_at=timezone.now() - timedelta(days=3), revised_at=timezone.now())
    assert "updated on" in visit(page).text
    assert Article.objects.get(page=page).published_at == page.first_published_at
