"""What stands on every page: the bar, the menu, the footer, the language, the law; and the pages of refusals."""

import pytest
from django.test import Client, override_settings

from bouquet.shared.network.models import NavigationItem, Network
from bouquet.shared.network.tests.make import make_main_site, make_site

pytestmark = pytest.mark.django_db


def see(site, path="/legal/", client=None, **headers):
    return (client or Client()).get(path, headers={"host": site.host, **headers})


def test_the_bar_leads_to_every_open_site_and_to_none_that_is_closed():
    main = make_main_site()
    site, music = make_site("video"), make_site("music")
    make_site("attic", is_open=False)
    text = see(site).text
    assert f'href="{main.url}/"' in text and f'href="{music.url}/"' in text
    assert "attic.bouquet" not in text


def test_the_bar_offers_what_members_can_make_here():
    main, site, news = make_main_site(), make_site("video"), make_site("news", kinds=[])
    assert 'href="/videos/new/"' in see(site).text
    assert "/videos/new/" not in see(news).text
    assert f"{site.url}/videos/new/" in see(main).text


def test_the_menu_shows_what_the_site_offers_until_an_editor_writes_it():
    site = make_site("video")
    assert 'class="site-menu__link" href="/videos/"' in see(site).text
    NavigationItem.objects.create(site=site, label="The sea", target="/search/?q=sea")
    text = see(site).text
    assert "The sea" in text and 'class="site-menu__link" href="/videos/"' not in text


def test_a_member_sees_their_name_their_notices_and_no_desk(chloe):
    site = make_site("video")
    chloe.notices.create(kind="test")
    client = Client()
    client.force_login(chloe)
    text = see(site, client=client).text
    assert "Chloé" in text and f"/@{chloe.handle}/" in text and "/admin/" not in text
    assert '<span class="count">1<' in text
    assert "Sign in" not in text


def test_a_site_speaks_its_own_language_whatever_the_browser_asks():
    french = make_site("port", language="fr")
    answer = see(french, **{"accept-language": "en"})
    assert '<html lang="fr"' in answer.text and answer["Content-Language"] == "fr"
    assert "Cookie" in answer["Vary"]


def test_a_reader_chooses_another_language_and_it_stays():
    site, client = make_site("port", language="fr"), Client()
    answer = client.post("/language/", {"language": "en", "next": "/legal/?a=1"}, headers={"host": site.host})
    assert (answer.status_code, answer["location"]) == (302, "/legal/?a=1")
    assert '<html lang="en"' in see(site, client=client).text


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_language_switch_leads_nowhere_else(address):
    site = make_site("port")
    answer = Client().post("/language/", {"language": "en", "next": address}, headers={"host": site.host})
    assert answer["location"] == "/"


def test_the_language_of_a_member_follows_them_to_every_site(chloe):
    one, two, client = make_site("port", language="fr"), make_site("music", language="fr"), Client()
    client.force_login(chloe)
    client.post("/language/", {"language": "en"}, headers={"host": one.host})
    client.cookies.pop("bq_language")
    assert '<html lang="en"' in see(two, client=client).text


@pytest.mark.parametrize(("language", "sets"), [("xx", False), ("", False), ("en", True)])
def test_only_a_language_we_speak_is_kept(language, sets):
    site = make_site("port")
    answer = Client().post("/language/", {"language": language}, headers={"host": site.host})
    assert ("bq_language" in answer.cookies) is sets


def test_another_sites_form_cannot_change_the_language():
    site = make_site("port")
    headers = {"host": site.host, "sec-fetch-site": "cross-site"}
    assert "bq_language" not in Client().post("/language/", {"language": "en"}, headers=headers).cookies


def test_the_legal_notice_names_who_answers_for_the_site(network):
    Network.objects.update_or_create(
        pk=1, defaults={"publisher": "Horizon SA", "director": "Ada Roux", "host_provider": "Serveur SAS, Lyon"}
    )
    site = make_site("video", director="Basile Noir")
    text = see(site).text
    assert "Horizon SA" in text and "Basile Noir" in text and "Ada Roux" not in text and "Serveur SAS" in text


def test_robots_may_read_an_open_site_and_no_closed_one():
    site, closed = make_site("video"), make_site("attic", is_open=False)
    assert "Disallow: /admin/" in see(site, "/robots.txt").text
    assert f"Sitemap: {site.url}/sitemap.xml" in see(site, "/robots.txt").text
    assert see(closed, "/robots.txt").text.startswith("User-agent: *\nDisallow: /\n")


def test_what_does_not_exist_says_so_in_the_sites_brand():
    site = make_site("video", front=True)
    answer = see(site, "/no/such/page/")
    assert answer.status_code == 404 and "Nothing here" in answer.text and "/brand/" in answer.text


@pytest.mark.parametrize("worse", [False, True])
def test_our_own_fault_is_told_whatever_else_is_broken(monkeypatch, worse):
    site = make_site("video")
    monkeypatch.setattr("bouquet.shared.network.views.about.directory_of", lambda request: 1 / 0)
    if worse:
        monkeypatch.setattr("bouquet.shared.network.views.errors.render", lambda *values, **more: 1 / 0)
    answer = see(site, client=Client(raise_request_exception=False))
    assert answer.status_code == 500 and "Something broke on our side" in answer.text and "Video" in answer.text
    assert ("/brand/" in answer.text) is not worse


def test_the_api_lists_the_open_sites(network, django_assert_num_queries):
    main, site = make_main_site(), make_site("video", tagline="Films", territory="BE")
    make_site("attic", is_open=False)
    see(main)
    with django_assert_num_queries(1):
        sites = see(main, "/api/v1/sites").json()
    assert [each["slug"] for each in sites] == ["bouquet", "video"]
    assert sites[1] == {
        "id": site.uid,
        "slug": "video",
        "name": "Video",
        "host": site.host,
        "url": site.url,
        "language": "en",
        "territory": "BE",
        "kinds": ["videos"],
        "tagline": "Films",
        "is_main": False,
    }


def territory(site, address, **headers):
    request = Client().get("/legal/", headers={"host": site.host, **headers}, REMOTE_ADDR=address)
    return request.wsgi_request.territory


def test_where_a_reader_is_comes_from_data_kept_here():
    site = make_site("video")
    assert territory(site, "82.64.1.1") == "FR"
    assert territory(site, "::ffff:8.8.8.8") == "US"
    assert territory(site, "127.0.0.1") == territory(site, "192.168.1.4") == Network.current().territory
    assert territory(site, "not an address") == ""


def test_a_header_about_the_country_is_believed_only_from_our_own_proxy():
    site, lie = make_site("video"), {"x-country": "JP", "x-forwarded-for": "1.2.3.4, 8.8.8.8"}
    with override_settings(TERRITORY_HEADER="X-Country"):
        assert territory(site, "82.64.1.1", **lie) == "FR"
        with override_settings(BEHIND_PROXY=True):
            assert territory(site, "127.0.0.1", **lie) == "JP"
            assert territory(site, "127.0.0.1", **(lie | {"x-country": "XX"})) == ""
            assert territory(site, "127.0.0.1", **(lie | {"x-country": "<b>"})) == "US"
