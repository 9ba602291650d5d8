"""One sign-in on a site of another domain, and every way of misusing it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from bouquet.shared.accounts.models import SignIn
from bouquet.shared.network.crossing import SALT
from bouquet.shared.network.models import Crossing
from bouquet.shared.network.tests.make import make_site
from bouquet.toolkit.testing.cast import PASSWORD

pytestmark = pytest.mark.django_db
MAIN, ATELIER, JARDIN = "bouquet.localhost", "atelier.localhost", "jardin.localhost"
PERSON = {
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
    "sec-fetch-site": "none",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
}


class Browser:
    """A browser with a cookie jar for each domain, as the standard asks (RFC 6265)."""

    def __init__(self, keeps_cookies: bool = True) -> None:
        self.jars: dict[str, Client] = {}
        self.keeps_cookies = keeps_cookies
        self.trail: list[str] = []

    def _at(self, host: str) -> Client:
        if not self.keeps_cookies:
            return Client()
        return self.jars.setdefault("main" if host.endswith(MAIN) else host, Client())

    def open(self, url: str, follow: bool = True, **headers: str):
        """Open an address as a person does, through at most ten redirects."""
        for _hop in range(10):
            parts = urlsplit(url)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            self.trail.append(f"{parts.hostname}{path}")
            answer = self._at(parts.hostname).get(path, headers=PERSON | {"host": parts.netloc} | headers)
            if answer.status_code != 302 or not follow:
                return answer
            target = answer["Location"]
            url = target if "://" in target else f"http://{parts.netloc}{target}"
            headers = {"sec-fetch-site": "cross-site"}
        raise AssertionError(f"It goes round in circles: {self.trail}")

    def sign_in(self, person, where: str = "/accounts/login/"):
        answer = self._at(MAIN).post(where, {"login": person.email, "password": PASSWORD}, headers={"host": MAIN})
        assert answer.status_code == 302, answer.content
        return answer


def host_of(answer) -> str:
    return answer.wsgi_request.get_host().partition(":")[0]


def name_on(answer) -> str:
    user = answer.wsgi_request.user
    return user.name if user.is_authenticated else ""


@pytest.fixture
def sites(main_site):
    return make_site("atelier", host=ATELIER), make_site("jardin", host=JARDIN)


def test_who_is_signed_in_at_the_main_host_is_at_home_on_another_domain_without_a_click(sites, chloe):
    browser = Browser()
    browser.sign_in(chloe)
    answer = browser.open(f"http://{ATELIER}/legal/?a=1")
    assert name_on(answer) == "Chloé"
    assert answer.wsgi_request.get_full_path() == "/legal/?a=1"
    assert browser._at(ATELIER).cookies["bq_session"]["domain"] == ""
    assert SignIn.objects.count() == 1


def test_nobody_comes_back_as_nobody_and_is_not_asked_again_for_a_while(sites):
    browser = Browser()
    answer = browser.open(f"http://{ATELIER}/legal/")
    assert (answer.status_code, name_on(answer)) == (200, "")
    assert len(browser.trail) == 4  # the page, the main host, the arrival, the page
    browser.trail.clear()
    browser.open(f"http://{ATELIER}/legal/", **{"sec-fetch-site": "same-origin"})
    assert len(browser.trail) == 1


def test_a_browser_that_refuses_cookies_sees_its_page_and_no_circle(sites):
    browser = Browser(keeps_cookies=False)
    answer = browser.open(f"http://{ATELIER}/legal/")
    assert answer.status_code == 200
    assert len(browser.trail) == 4
    browser.trail.clear()
    browser.open(f"http://{ATELIER}/legal/", **{"sec-fetch-site": "same-origin"})
    assert len(browser.trail) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-mode": "cors"},
        {"sec-fetch-dest": "iframe"},
        {"sec-fetch-dest": "image"},
        {"sec-purpose": "prefetch"},
        {"authorization": "Bearer bq_x"},
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"user-agent": ""},
    ],
)
def test_only_a_person_who_opens_a_page_is_asked(sites, headers):
    assert Browser().open(f"http://{ATELIER}/legal/", follow=False, **headers).status_code == 200


OLD_BROWSER = {
    "accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "upgrade-insecure-requests": "1",
    "user-agent": PERSON["user-agent"],
    "host": ATELIER,
}


def test_a_browser_that_does_not_say_what_it_fetches_is_known_by_how_it_asks_for_pages(sites):
    """On plain http, and in browsers from before 2023."""
    assert Client().get("/legal/", headers=OLD_BROWSER).status_code == 302
    assert Client().get("/legal/", headers=OLD_BROWSER | {"accept": "*/*"}).status_code == 200
    inside = {"referer": f"http://{ATELIER}/"}
    assert Client().get("/legal/", headers=OLD_BROWSER | inside).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/sites", "/robots.txt?bq_asked=1", "/healthz"])
def test_machines_paths_are_never_asked(sites, path):
    assert Browser().open(f"http://{ATELIER}{path}", follow=False).status_code != 302


def test_posts_are_never_sent_away(sites):
    answer = Client().post("/language/", {"language": "fr", "next": "/legal/"}, headers=PERSON | {"host": ATELIER})
    assert not answer.get("Location", "").startswith("http://bouquet.localhost")


def test_signing_in_from_another_domain_happens_at_the_main_host_and_leads_back(sites, chloe):
    browser = Browser()
    answer = browser.open(f"http://{ATELIER}/accounts/login/?next=/legal/")
    assert host_of(answer) == MAIN
    assert answer.context["returning_to"].host == ATELIER
    assert f"http://{ATELIER}" in answer["Content-Security-Policy"]
    after = browser.sign_in(chloe, answer.wsgi_request.get_full_path())
    answer = browser.open(f"http://{MAIN}{after['Location']}")
    assert (name_on(answer), host_of(answer), answer.wsgi_request.path) == ("Chloé", ATELIER, "/legal/")


def test_one_sign_in_carries_over_all_domains_and_signing_out_ends_all(sites, chloe):
    browser = Browser()
    browser.sign_in(chloe)
    assert (
        name_on(browser.open(f"http://{ATELIER}/legal/")) == name_on(browser.open(f"http://{JARDIN}/legal/")) == "Chloé"
    )
    assert SignIn.objects.count() == 1

    browser._at(ATELIER).post("/accounts/logout/", headers={"host": ATELIER})
    inside = {"sec-fetch-site": "same-origin"}
    assert name_on(browser.open(f"http://{JARDIN}/legal/", **inside)) == ""
    assert name_on(browser.open(f"http://{MAIN}/legal/", **inside)) == ""


def test_account_pages_of_another_domain_are_the_main_hosts(sites):
    for path in ("/me/", "/accounts/2fa/", "/admin/", "/accounts/password/reset/"):
        answer = Browser().open(f"http://{ATELIER}{path}", follow=False)
        assert answer["Location"] == f"http://bouquet.localhost:8000{path}" or answer["Location"].endswith(path)


def _departure(browser: Browser, host: str = ATELIER) -> str:
    """Where the reader's site sends this browser, as an address."""
    return browser.open(f"http://{host}/legal/", follow=False)["Location"]


def _arrival(browser: Browser, departure: str) -> str:
    answer = browser.open(departure, follow=False)
    assert "/accounts/arrival/?code=" in answer["Location"]
    return answer["Location"]


def test_a_code_works_once(sites, chloe):
    browser = Browser()
    browser.sign_in(chloe)
    arrival = _arrival(browser, _departure(browser))
    assert name_on(browser.open(arrival)) == "Chloé"
    browser._at(ATELIER).cookies.pop("bq_session")
    again = browser.open(arrival + "&x=1", **{"sec-fetch-site": "same-origin"})
    assert name_on(again) == ""


def test_a_code_is_for_one_browser(sites, chloe):
    """Login CSRF: Driss cannot make Chloé's browser arrive under his own account."""
    browser, victim = Browser(), Browser()
    browser.sign_in(chloe)
    arrival = _arrival(browser, _departure(browser))
    assert name_on(victim.open(arrival, **{"sec-fetch-site": "same-origin"})) == ""
    _departure(victim)  # now the victim has a nonce as well, but another one
    assert name_on(victim.open(arrival, **{"sec-fetch-site": "same-origin"})) == ""
    assert Crossing.objects.get().used_at is None


def test_a_code_is_for_one_host(sites, chloe):
    browser = Browser()
    browser.sign_in(chloe)
    arrival = _arrival(browser, _departure(browser))
    _departure(browser, JARDIN)
    browser._at(JARDIN).cookies["bq_crossing"] = browser._at(ATELIER).cookies["bq_crossing"].value
    elsewhere = arrival.replace(ATELIER, JARDIN)
    assert name_on(browser.open(elsewhere, **{"sec-fetch-site": "same-origin"})) == ""


def test_a_code_is_too_old_after_half_a_minute(sites, chloe, monkeypatch):
    browser = Browser()
    browser.sign_in(chloe)
    arrival = _arrival(browser, _departure(browser))
    Crossing.objects.update(made_at=timezone.now() - timedelta(seconds=31))
    assert name_on(browser.open(arrival, **{"sec-fetch-site": "same-origin"})) == ""


def test_a_code_that_was_tampered_with_gets_a_clear_page(sites, chloe):
    browser = Browser()
    browser.sign_in(chloe)
    arrival = _arrival(browser, _departure(browser))
    answer = browser.open(arrival[:-3] + "abc")
    assert answer.status_code == 400
    assert "Nobody was signed in" in answer.content.decode()
    words = signing.loads(dict(parse_qsl(urlsplit(arrival).query))["code"], salt=SALT)
    forged = signing.dumps(words | {"to": "/x"}, salt=SALT + "x", compress=True)
    assert browser.open(f"http://{ATELIER}/accounts/arrival/?code={forged}").status_code == 400


def test_a_code_of_a_sign_in_that_ended_meanwhile_signs_nobody_in(sites, chloe):
    browser = Browser()
    browser.sign_in(chloe)
    arrival = _arrival(browser, _departure(browser))
    SignIn.objects.update(ended_at=timezone.now())
    assert name_on(browser.open(arrival, **{"sec-fetch-site": "same-origin"})) == ""


@pytest.mark.parametrize("host", ["evil.example", "", "bouquet.localhost", "atelier.localhost.evil.example", "a@b"])
def test_a_crossing_leads_only_to_open_sites_of_the_network(sites, chloe, host):
    browser = Browser()
    browser.sign_in(chloe)
    answer = browser.open(f"http://{MAIN}/accounts/crossing/?host={host}&to=/&proof={'0' * 64}", follow=False)
    assert answer.status_code == 404


def test_a_closed_site_is_no_destination(sites, chloe):
    atelier, _jardin = sites
    atelier.is_open = False
    atelier.save()
    browser = Browser()
    browser.sign_in(chloe)
    answer = browser.open(f"http://{MAIN}/accounts/crossing/?host={ATELIER}&to=/&proof={'0' * 64}", follow=False)
    assert answer.status_code == 404


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"])
def test_the_way_back_is_a_path_and_nothing_else(sites, chloe, to):
    browser = Browser()
    answer = browser.open(f"http://{ATELIER}/accounts/arrival/?nobody=1&to={to}", follow=False)
    assert answer["Location"].split("?")[0] == "/"
    browser.sign_in(chloe)
    proof = dict(parse_qsl(urlsplit(_departure(browser)).query))["proof"]
    answer = browser.open(f"http://{MAIN}/accounts/crossing/?host={ATELIER}&to={to}&proof={proof}")
    assert (host_of(answer), answer.wsgi_request.path) == (ATELIER, "/")


def test_crossings_are_not_kept_by_caches_nor_told_to_others(sites, chloe):
    browser = Browser()
    browser.sign_in(chloe)
    answer = browser.open(_departure(browser), follow=False)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_crossing_and_arrival_exist_only_where_they_belong(sites, chloe):
    browser = Browser()
    browser.sign_in(chloe)
    question = f"host={ATELIER}&to=/&proof={'0' * 64}"
    assert browser.open(f"http://{MAIN}/accounts/arrival/?code=x").status_code == 404
    assert browser.open(f"http://{ATELIER}/accounts/crossing/?{question}", follow=False).status_code in {302, 404}
