"""An address for one country, by the server that gives the bytes."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bouquet.shared.access import streams
from bouquet.shared.access.decide import Terms
from bouquet.shared.assets.delivery.application import application
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tests.caller import Caller, Reply
from bouquet.shared.assets.tests.make import ready_asset
from bouquet.shared.network.models import Network

SEGMENT = "v240/seg-00000.m4s"
FRENCH, AMERICAN, NOWHERE = "82.64.1.1", "8.8.8.8", "240.0.0.1"


def get(path: str, address: str = FRENCH, **headers: str) -> Reply:
    """As a reader at that network address."""

    async def from_there(scope: Any, receive: Any, send: Any) -> None:
        await application(scope | {"client": (address, 50000)}, receive, send)

    return Caller(from_there)("GET", path, **headers)


@pytest.fixture
def asset(db: None) -> Asset:
    return ready_asset()


def test_the_address_names_its_country_and_is_good_there(asset: Asset) -> None:
    prefix = streams.sign(asset, Terms(territory="FR"))
    assert re.fullmatch(rf"/m/[0-9]{{10}}-FR/[\w-]{{22}}/{asset.uid}/", prefix)
    assert streams.check(f"{prefix}{SEGMENT}", here="FR") == asset.uid
    for path in ("master.m3u8", "v240/index.m3u8", SEGMENT):
        assert get(prefix + path).status == 200


def test_from_another_country_it_is_451_and_says_what_to_do(asset: Asset) -> None:
    prefix = streams.sign(asset, Terms(territory="FR"))
    for path in ("master.m3u8", "v240/index.m3u8", SEGMENT):
        reply = get(prefix + path, AMERICAN, Accept_Language="en")
        assert (reply.status, reply.headers["cache-control"]) == (451, "no-store")
        assert reply.headers["access-control-allow-origin"] == "*"  # a player on another page must read the status
        assert reply.body == b"This address was made for a reader in another country. Open the page again.\n"
    assert get(f"{prefix}{SEGMENT}", NOWHERE).status == 451
    with pytest.raises(streams.Refused) as refusal:
        streams.check(f"{prefix}{SEGMENT}", here="US")
    assert refusal.value.status == 451


def test_the_country_cannot_be_changed_taken_away_or_added(asset: Asset) -> None:
    bound, free = streams.sign(asset, Terms(territory="FR")), streams.sign(asset)
    assert get(bound.replace("-FR", "-US") + SEGMENT, AMERICAN).status == 403
    assert get(bound.replace("-FR", "") + SEGMENT, AMERICAN).status == 403
    assert get(re.sub(r"^/m/([0-9]+)/", r"/m/\1-FR/", free) + SEGMENT).status == 403
    for form in ("-fr", "-F", "-FRA", "-", "-F1", "-FR-FR", "%2DFR%00"):
        assert get(bound.replace("-FR", form) + SEGMENT).status in (403, 404)


def test_an_altered_byte_anywhere_in_the_prefix_is_refused(asset: Asset) -> None:
    prefix = streams.sign(asset, Terms(territory="FR"))
    for place, old in list(enumerate(prefix))[3:]:
        changed = prefix[:place] + ("2" if old != "2" else "3") + prefix[place + 1 :]
        assert get(changed + SEGMENT).status in (403, 404), changed


def test_expired_comes_before_elsewhere_and_another_film_before_both(asset: Asset) -> None:
    old = streams.sign(asset, Terms(territory="FR"), seconds=-7200)
    assert get(f"{old}{SEGMENT}", AMERICAN).status == 410
    assert get(old.replace(asset.uid, ready_asset().uid) + SEGMENT, AMERICAN).status == 403


def test_who_is_nobody_knows_where_gets_an_address_for_such_readers(asset: Asset) -> None:
    prefix = streams.sign(asset, Terms(territory=""))
    assert "-XX/" in prefix
    assert get(f"{prefix}{SEGMENT}", NOWHERE).status == 200
    assert get(f"{prefix}{SEGMENT}", FRENCH).status == 451


@pytest.mark.django_db(transaction=True)
def test_on_the_networks_own_ground_a_reader_is_at_home() -> None:
    Network.objects.update_or_create(pk=1, defaults={"territory": "SN"})
    prefix = streams.sign(ready_asset(), Terms(territory="SN"))
    for address in ("127.0.0.1", "192.168.1.4", "::1"):
        assert get(f"{prefix}{SEGMENT}", address).status == 200
    assert get(f"{prefix}{SEGMENT}", FRENCH).status == 451


def test_an_original_is_bound_too(asset: Asset) -> None:
    address = streams.sign_original(asset, "film.mp4", Terms(territory="FR"))
    assert get(address).status == 200
    assert get(address, AMERICAN).status == 451
    assert get(address.replace("-FR", "-US"), AMERICAN).status == 403


def test_caches_share_it_only_where_a_header_tells_readers_apart(asset: Asset, settings: Any) -> None:
    bound, free = streams.sign(asset, Terms(territory="FR")), streams.sign(asset)
    reply = get(f"{bound}{SEGMENT}")
    assert re.fullmatch(r"private, max-age=\d+, immutable", reply.headers["cache-control"])
    settings.BEHIND_PROXY, settings.TERRITORY_HEADER = True, "CF-IPCountry"
    reply = get(f"{bound}{SEGMENT}", AMERICAN, CF_IPCountry="FR")
    assert reply.status == 200
    assert (reply.headers["vary"], reply.headers["cache-control"].split(",")[0]) == ("CF-IPCountry", "public")
    reply = get(f"{free}{SEGMENT}", CF_IPCountry="US")
    assert (reply.status, "vary" in reply.headers) == (200, False)
    assert get(f"{bound}{SEGMENT}", FRENCH, CF_IPCountry="US").status == 451
    assert get(f"{bound}{SEGMENT}", FRENCH, CF_IPCountry="XX").status == 451
    assert get(f"{bound}{SEGMENT}", AMERICAN, CF_IPCountry="FR, US").status == 451


def test_a_claimed_country_is_not_believed_without_a_proxy_of_ours(asset: Asset, settings: Any) -> None:
    settings.TERRITORY_HEADER = "CF-IPCountry"
    bound = streams.sign(asset, Terms(territory="FR"))
    lie = {"CF_IPCountry": "FR", "X_Forwarded_For": FRENCH}
    assert get(f"{bound}{SEGMENT}", AMERICAN, **lie).status == 451
    settings.BEHIND_PROXY, settings.TERRITORY_HEADER = True, ""
    assert get(f"{bound}{SEGMENT}", "127.0.0.1", X_Forwarded_For=f"{FRENCH}, {AMERICAN}").status == 451
    assert get(f"{bound}{SEGMENT}", "127.0.0.1", X_Forwarded_For=f"{AMERICAN}, {FRENCH}").status == 200
