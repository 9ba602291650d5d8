import pytest
from django.test import Client
from wagtail.models import Site as WagtailSite

from bouquet.shared.assets.models import Asset
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_channel, make_work

pytestmark = pytest.mark.django_db


def picture() -> Asset:
    return Asset.objects.create(kind="image", state="ready", poster="made-abc", width=1280, height=720)


def front_of(site, *blocks):
    page = site.wagtail_site.root_page.specific
    page.body = list(blocks)
    page.save_revision().publish()
    return page


def hero(**changes):
    return ("hero", {"work": None, "source": "latest", "scope": "here", "kicker": ""} | changes)


def shelf(name="latest", **changes):
    return (name, {"title": "", "number": 8, "scope": "here", "layout": ""} | changes)


def visit(site, person=None):
    client = Client()
    if person:
        client.force_login(person)
    return client.get("/", headers={"host": site.host})


def titles_on(answer, titles):
    return {title: answer.text.count(f">{title}<") for title in titles}


def test_a_new_site_shows_its_works_without_anybody_composing():
    site = make_site("video", front=True)
    make_work(site=site, title="Harbour")
    answer = visit(site)
    assert answer.status_code == 200 and "Harbour" in answer.text


def test_the_networks_front_gathers_the_works_of_all_sites_and_leads_to_their_own():
    main = make_main_site(front=True)
    site = make_site("video", front=True)
    work = make_work(site=site, title="Harbour")
    answer = visit(main)
    assert "Harbour" in answer.text and work.address in answer.text
    assert f'href="{site.url}/"' in answer.text


def test_a_site_shows_only_its_own_works_unless_its_editors_say_so():
    here, there = make_site("video", front=True), make_site("music", front=True)
    make_work(site=there, title="Elsewhere")
    front_of(here, shelf())
    assert "Elsewhere" not in visit(here).text
    front_of(here, shelf(scope="network"))
    assert "Elsewhere" in visit(here).text


def test_a_work_never_stands_on_a_page_twice():
    site = make_site("video", front=True)
    titles = [f"Film {n}" for n in range(6)]
    for title in titles:
        make_work(site=site, title=title, poster=picture(), views_lately=5)
    front_of(site, hero(), shelf(number=2), shelf("most_seen"), shelf())
    assert set(titles_on(visit(site), titles).values()) == {1}


def test_what_an_editor_chose_is_dealt_out_before_the_blocks_above_it():
    site = make_site("video", front=True)
    works = [make_work(site=site, title=f"Film {n}", poster=picture()) for n in range(3)]
    front_of(site, shelf(), hero(work=works[2]))
    answer = visit(site)
    assert titles_on(answer, ["Film 0", "Film 1", "Film 2"]) == {"Film 0": 1, "Film 1": 1, "Film 2": 1}
    assert [section.name for section in answer.context["sections"] if "Film 2" in section.html] == ["hero"]


@pytest.mark.parametrize(
    "hidden", [{"visibility": "private"}, {"visibility": "unlisted"}, {"state": "hidden"}, {"state": "draft"}]
)
def test_a_chosen_work_that_readers_may_not_see_is_replaced(hidden):
    site = make_site("video", front=True)
    secret = make_work(site=site, title="Secret", poster=picture())
    make_work(site=site, title="Open", poster=picture())
    front_of(site, hero(work=secret))
    Work.objects.filter(pk=secret.pk).update(**hidden)
    answer = visit(site)
    assert "Secret" not in answer.text and "Open" in answer.text


def test_a_chosen_work_that_was_deleted_leaves_the_page_standing():
    site = make_site("video", front=True)
    gone = make_work(site=site, title="Gone", poster=picture())
    front_of(site, hero(work=gone), shelf())
    gone.delete()
    assert visit(site).status_code == 200


def test_empty_blocks_vanish_for_readers_and_say_why_in_the_preview(ada):
    site = make_site("video", front=True)
    page = front_of(site, shelf("latest", title="What is new"), ("sites", {"title": ""}))
    assert "What is new" not in visit(site).text
    preview = page.make_preview_request()
    assert preview.status_code == 200
    assert "There is nothing to show" in preview.text and "no other open site" in preview.text


def test_a_front_with_nothing_to_show_says_so_and_offers_to_begin():
    site = make_site("video", front=True)
    front_of(site, shelf("latest"))
    empty = visit(site).text
    assert "Nothing is published here yet" in empty and "empty__drawing" in empty
    make_work(site=site, title="The first", poster=picture())
    assert "Nothing is published here yet" not in visit(site).text


def test_every_block_renders():
    site, other = make_site("video", front=True), make_site("music", tagline="All the songs")
    channel = make_channel(site=site, name="Harbour TV")
    make_work(site=site, title="Harbour", channel=channel, views_lately=3, poster=picture())
    make_work(site=site, title="Pier", channel=channel, views_lately=2)
    front_of(
        site,
        ("words", {"title": "About us", "text": "<p>Since <b>1954</b></p>"}),
        (
            "promo",
            {"text": "Join the crew", "by": "", "label": "Join", "address": "/accounts/signup/", "is_quote": False},
        ),
        ("promo", {"text": "I came for the sea", "by": "Emma", "label": "", "address": "", "is_quote": True}),
        hero(),
        shelf("kind", kind="videos", title="Only videos"),
        ("sites", {"title": "Our sites"}),
        ("channels", {"title": "", "number": 6}),
    )
    text = visit(site).text
    for words in ["About us", "<b>1954</b>", "Join the crew", "<blockquote", "Harbour", "Only videos", "Our sites"]:
        assert words in text, words
    assert "All the songs" in text and f'data-brand="{other.brand_id}"' in text and "Harbour TV" in text


def test_the_block_of_a_kind_joins_the_page():
    site = make_site("video", front=True)
    make_work(site=site, title="Harbour")
    make_work(site=site, title="Pier")
    block = {"title": "From the kind", "order": "latest", "number": 8, "layout": ""}
    front_of(site, shelf(number=1), ("videos_videos_block", block))
    answer = visit(site)
    assert "From the kind" in answer.text
    assert titles_on(answer, ["Harbour", "Pier"]) == {"Harbour": 1, "Pier": 1}


def test_a_front_page_costs_a_stranger_few_queries(django_assert_max_num_queries):
    main = make_main_site(front=True)
    for slug in ("video", "music", "news"):
        site = make_site(slug, front=True)
        for n in range(8):
            make_work(site=site, title=f"{slug} {n}", poster=picture(), views_lately=n)
    visit(main)
    with django_assert_max_num_queries(12):
        visit(main)
    with django_assert_max_num_queries(12):
        visit(site)


def test_a_page_for_strangers_sets_no_cookie():
    answer = visit(make_site("video", front=True))
    assert not answer.cookies


def test_the_address_of_a_front_is_the_sites_own_whatever_wagtail_keeps():
    site = make_site("video", front=True)
    WagtailSite.objects.update(port=9999)
    assert site.wagtail_site.root_page.specific.full_url == f"{site.url}/"
