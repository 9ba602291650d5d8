import pytest
from django.test import Client

from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.models import HostAlias
from bouquet.shared.network.tests.make import make_main_site, make_site

pytestmark = pytest.mark.django_db


def ask(host: str, path: str = "/legal/", client: Client | None = None, **headers: str):
    return (client or Client()).get(path, headers={"host": host, **headers})


def test_a_host_leads_to_its_site():
    make_main_site()
    make_site("video", name="Vidéo")
    make_site("music", name="Musique")
    assert ask("music.bouquet.localhost:8103").context["site"].name == "Musique"
    assert ask("VIDEO.bouquet.localhost.").context["site"].name == "Vidéo"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8103", "[::1]:8103"])
def test_this_machine_by_its_plain_names_is_the_main_site(host):
    make_site("video")
    main = make_main_site()
    assert ask(host).context["site"].pk == main.pk


def test_another_name_of_a_site_leads_to_its_own_address():
    site = make_site("video")
    HostAlias.objects.create(site=site, host="tube.example")
    answer = ask("tube.example", "/legal/?a=1")
    assert (answer.status_code, answer["location"]) == (301, f"{site.url}/legal/?a=1")
    assert Client().post("/language/", headers={"host": "tube.example"}).status_code == 308
    assert ask("tube.example", "/api/v1/sites").status_code == 200
    assert ask("tube.example", "/healthz").status_code == 200


def test_an_unknown_host_is_told_where_the_network_is():
    main = make_main_site(name="Le Bouquet")
    answer = ask("nowhere.example", "/anything")
    assert answer.status_code == 404
    assert "nowhere.example" in answer.text and f"{main.url}/" in answer.text
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert ask("nowhere.example", "/api/v1/sites")["content-type"] == "application/problem+json"


def test_an_unknown_host_of_an_empty_network_says_how_to_begin():
    answer = ask("bouquet.example")
    assert answer.status_code == 404 and "bouquet site add bouquet.example" in answer.text


@pytest.mark.parametrize("host", ["a b", "<script>", "a..b/../c", "évil", "x" * 300 + ".example", "[::1", "a:b:c", ""])
def test_an_absurd_host_is_refused_and_breaks_nothing(host):
    make_main_site()
    answer = Client(raise_request_exception=False).get("/legal/", headers={"host": host})
    assert answer.status_code in (400, 404)
    assert "<script>" not in answer.text


def test_the_health_of_the_server_is_asked_on_any_host():
    assert ask("whatever.example", "/healthz").status_code == 200


def test_a_closed_site_shows_itself_to_its_editors_only(basile, chloe):
    site = make_site("video", front=True, is_open=False)
    appoint_editor(site, basile)
    assert ask(site.host, "/legal/").status_code == 200
    for person, status in ((None, 503), (chloe, 503), (basile, 200)):
        client = Client()
        if person:
            client.force_login(person)
        assert ask(site.host, "/", client).status_code == status, person


def test_a_kind_that_a_site_has_not_does_not_exist_there():
    with_videos, without = make_site("video"), make_site("news", kinds=[])
    assert ask(with_videos.host, "/videos/").status_code == 200
    assert ask(without.host, "/videos/").status_code == 404
    assert ask(make_main_site().host, "/videos/").status_code == 404


def test_a_change_shows_at_once():
    site = make_site("video", name="Before")
    assert ask(site.host).context["site"].name == "Before"
    site.name = "After"
    site.save()
    assert ask(site.host).context["site"].name == "After"


def test_knowing_the_network_costs_one_query(network, django_assert_num_queries):
    make_main_site()
    site = make_site("video")
    ask(site.host)
    with django_assert_num_queries(1):
        ask(site.host, "/robots.txt")
