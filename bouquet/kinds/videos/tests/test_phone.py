"""A site as an app on a phone."""

from __future__ import annotations

from typing import Any

from bouquet.shared.network.tests.make import make_site


def test_the_manifest_is_the_sites_own_and_takes_films(door: Any, site: Any) -> None:
    answer = door().get("/manifest.webmanifest")
    said = answer.json()
    assert answer["content-type"] == "application/manifest+json"
    assert (said["name"], said["start_url"], said["display"]) == (site.name, "/", "standalone")
    assert {icon["sizes"] for icon in said["icons"]} == {"192x192", "512x512"}
    assert said["share_target"]["params"]["files"] == [{"name": "films", "accept": ["video/*"]}]
    for icon in said["icons"]:
        assert door().get(icon["src"]).status_code == 200


def test_a_site_without_videos_takes_no_films(door: Any) -> None:
    make_site("press", kinds=[])
    said = door().get("/manifest.webmanifest", headers={"host": "press.bouquet.localhost"}).json()
    assert "share_target" not in said


def test_the_service_worker_lies_at_the_root_and_is_always_asked_for_anew(door: Any) -> None:
    answer = door().get("/sw.js")
    assert answer["content-type"].startswith("text/javascript")
    assert answer["cache-control"] == "no-cache"
    assert b"/share-target" in answer.content


def test_there_is_a_page_for_when_there_is_no_connection(door: Any, site: Any) -> None:
    assert site.name in door().get("/offline").content.decode()


def test_every_page_of_a_site_with_videos_is_an_app_on_a_phone_and_no_other(door: Any, site: Any) -> None:
    make_site("press", kinds=[])
    assert 'rel="manifest"' in door().get("/legal/").content.decode()
    assert 'rel="manifest"' not in door().get("/legal/", headers={"host": "press.bouquet.localhost"}).content.decode()
