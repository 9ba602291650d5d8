"""Whose upload is it?"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from bouquet.shared.assets.tests.caller import Caller
from bouquet.shared.assets.tests.tus.conftest import OCTETS
from bouquet.shared.assets.tus.application import application


def test_another_person_finds_nothing_and_is_told_so(caller_of: Any, upload: Any, driss: Any) -> None:
    stranger = caller_of(driss)
    for method in ("HEAD", "PATCH", "DELETE"):
        reply = stranger(method, upload.path, [b"evil"], Upload_Offset="0", **OCTETS)
        assert reply.status == 404
    assert reply.problem["title"] == "There is no upload of yours here"
    assert not upload.part_path.exists()


def test_not_even_the_owner_of_the_network_sends_into_a_members_upload(caller_of: Any, upload: Any, ada: Any) -> None:
    assert caller_of(ada)("PATCH", upload.path, [b"x"], Upload_Offset="0", **OCTETS).status == 404


def test_nobody_in_particular_is_asked_to_sign_in(caller_of: Any, upload: Any) -> None:
    nobody = Caller(application, headers={"tus-resumable": "1.0.0"})
    reply = nobody("PATCH", upload.path, [b"x"], Upload_Offset="0", **OCTETS)
    assert (reply.status, reply.headers["www-authenticate"]) == (401, 'Bearer realm="Bouquet"')
    assert "Sign in" in reply.problem["detail"]


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer", "Basic YWRhOmFkYQ==", "Bearer \x00é"])
def test_a_token_that_is_not_valid_is_refused(tus: Caller, upload: Any, header: str) -> None:
    assert tus("PATCH", upload.path, [b"x"], Authorization=header, Upload_Offset="0", **OCTETS).status == 401


def test_the_session_of_a_page_is_enough(caller_of: Any, upload: Any, chloe: Any) -> None:
    browser = Client(headers={"host": "video.bouquet.localhost"})
    browser.force_login(chloe)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    page = Caller(application, headers={"tus-resumable": "1.0.0", "cookie": cookie})
    reply = page("PATCH", upload.path, [b"12"], Upload_Offset="0", Origin="http://video.bouquet.localhost", **OCTETS)
    assert (reply.status, reply.headers["upload-offset"]) == (204, "2")


def test_a_page_of_another_network_may_not_send(tus: Caller, upload: Any) -> None:
    reply = tus("PATCH", upload.path, [b"12"], Upload_Offset="0", Origin="https://evil.example", **OCTETS)
    assert reply.status == 403
    assert "access-control-allow-origin" not in reply.headers
    reply = tus("OPTIONS", upload.path, Origin="https://evil.example", Access_Control_Request_Method="PATCH")
    assert reply.status == 403


def test_a_page_on_another_host_of_the_network_may(tus: Caller, upload: Any, main_site: Any) -> None:
    origin = "http://bouquet.localhost:8000"
    reply = tus("OPTIONS", upload.path, Origin=origin, Access_Control_Request_Method="PATCH")
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (204, origin)
    assert "Upload-Offset" in reply.headers["access-control-allow-headers"]
    reply = tus("PATCH", upload.path, [b"12"], Upload_Offset="0", Origin=origin, **OCTETS)
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (204, origin)
    assert "Upload-Offset" in reply.headers["access-control-expose-headers"]
