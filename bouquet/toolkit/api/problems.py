"""Errors as `application/problem+json` (RFC 9457): what went wrong, in a sentence, in the caller's language."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """Raise it anywhere below an API door. `extra` becomes members of the document: `Problem(402, …, offers=[…])`."""

    def __init__(self, status: int, title: Any = "", detail: Any = "", type: str = "about:blank", **extra: Any) -> None:
        self.status, self.title, self.detail, self.type, self.extra = status, title, detail, type, extra
        super().__init__(f"{status} {title}")

    def response(self) -> HttpResponse:
        return problem(self.status, self.title, self.detail, type=self.type, **self.extra)


def problem(status: int, title: Any = "", detail: Any = "", type: str = "about:blank", **extra: Any) -> HttpResponse:
    document = {"type": type, "title": str(title or HTTPStatus(status).phrase), "status": status}
    if detail:
        document["detail"] = str(detail)
    response = HttpResponse(json.dumps(document | extra, default=str), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="Bouquet"'
    return response
