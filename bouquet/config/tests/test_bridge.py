"""Django's pages inside the ASGI server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bouquet.config import bridge
from bouquet.config.bridge import Pages
from bouquet.shared.assets.tests.caller import HANG_UP, Caller


def caller(wsgi: Any) -> Caller:
    return Caller(Pages(wsgi, threads=2), host="bouquet.localhost")


class Whole:
    """As Django's HttpResponse: not streaming, closed at the end."""

    streaming = False

    def __init__(self, *pieces: bytes) -> None:
        self.pieces, self.closed = pieces, False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.pieces)

    def close(self) -> None:
        self.closed = True


def test_a_page_goes_back_whole_and_is_closed() -> None:
    response = Whole(b"<p>", b"hello")

    def page(environ: Any, start_response: Any) -> Whole:
        start_response("201 Created", [("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return response

    reply = caller(page)("GET", "/")
    assert (reply.status, reply.body, response.closed) == (201, b"<p>hello", True)


def test_the_environment_says_what_was_asked() -> None:
    seen: dict[str, Any] = {}

    def page(environ: Any, start_response: Any) -> Whole:
        seen.update(environ)
        start_response("200 OK", [])
        return Whole()

    caller(page)("POST", "/vid%C3%A9os/%D9%81?q=%C3%A9t%C3%A9", Content_Type="text/plain", X_Thing="1")
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/vidéos/ف"
    assert seen["QUERY_STRING"] == "q=%C3%A9t%C3%A9"
    assert (seen["REQUEST_METHOD"], seen["CONTENT_TYPE"], seen["HTTP_X_THING"]) == ("POST", "text/plain", "1")
    assert (seen["HTTP_HOST"], seen["REMOTE_ADDR"]) == ("bouquet.localhost", "127.0.0.1")


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    seen: dict[str, Any] = {}

    def page(environ: Any, start_response: Any) -> Whole:
        seen.update(environ)
        start_response("200 OK", [])
        return Whole()

    line = caller(page)
    line.headers = {"x_forwarded_for": "10.0.0.1"}
    line("GET", "/")
    assert "HTTP_X_FORWARDED_FOR" not in seen


def test_a_body_is_read_as_it_comes() -> None:
    def page(environ: Any, start_response: Any) -> Whole:
        body = environ["wsgi.input"]
        start_response("200 OK", [])
        return Whole(b"|".join([body.read(2), body.readline(), body.readline(3), body.read(), body.read(5)]))

    reply = caller(page)("POST", "/", [b"a", b"bc\nde", b"fghi", b"jk"])
    assert reply.body == b"ab|c\n|def|ghijk|"


def test_a_sender_who_goes_away_is_an_error_that_django_knows() -> None:
    seen: list[type] = []

    def page(environ: Any, start_response: Any) -> Whole:
        try:
            environ["wsgi.input"].read()
        except OSError as error:
            seen.append(type(error))
        start_response("400 Bad Request", [])
        return Whole()

    caller(page)("POST", "/", [b"a", HANG_UP])
    assert seen == [ConnectionResetError]


def test_a_sender_who_falls_silent_does_not_keep_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "SILENCE", 0.1)
    seen: list[type] = []

    def page(environ: Any, start_response: Any) -> Whole:
        try:
            environ["wsgi.input"].read()
        except OSError as error:
            seen.append(type(error))
        start_response("400 Bad Request", [])
        return Whole()

    silent = threading.Event()
    caller(page)("POST", "/", [b"a", lambda: (silent.wait(0.5) and b"") or b"", b"b"])
    assert seen == [ConnectionResetError]


def test_a_stream_goes_out_piece_by_piece_and_ends_when_the_reader_hangs_up() -> None:
    made: list[int] = []
    closed = threading.Event()

    class Stream:
        streaming = True

        def __iter__(self) -> Iterator[bytes]:
            for number in range(1000):
                made.append(number)
                yield b"x" * 100

        def close(self) -> None:
            closed.set()

    def page(environ: Any, start_response: Any) -> Stream:
        start_response("200 OK", [])
        return Stream()

    assert len(caller(page)("GET", "/").body) == 100_000
    made.clear()
    pages = Pages(page, threads=1)

    async def hung_up(scope: Any, receive: Any, send: Any) -> None:
        async def broken(message: Any) -> None:
            if len(made) > 2:
                raise ConnectionResetError

        await pages(scope, receive, broken)

    with pytest.raises(ConnectionResetError):
        Caller(hung_up)("GET", "/")
    assert len(made) < 10
    assert closed.wait(5)
