"""A request as the door sees it: cheap, before Django."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

# What others hang onto the addresses of our pages to follow their readers. No page of ours reads them.
TRACKING = re.compile(
    rb"(?:utm_[a-z_]+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|mc_cid|mc_eid|at_[a-z_]+|xtor)="
)


@dataclass(slots=True)
class Asked:
    method: str
    path: str
    query: bytes  # without what only follows readers
    headers: dict[bytes, bytes]
    cookies: dict[str, str]
    client: str
    scheme: str

    @classmethod
    def of(cls, scope: dict[str, Any]) -> Asked:
        headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            if name in headers:
                value = headers[name] + (b"; " if name == b"cookie" else b",") + value
            headers[name] = value
        return cls(
            method=scope["method"],
            path=scope["path"],
            query=bare_query(scope["query_string"]),
            headers=headers,
            cookies=_cookies(headers.get(b"cookie", b"")),
            client=(scope.get("client") or ("", 0))[0],
            scheme=scope.get("scheme", "http"),
        )


def bare_query(query: bytes) -> bytes:
    if not query or b"=" not in query:
        return query
    return b"&".join(each for each in query.split(b"&") if not TRACKING.match(each))


def _cookies(line: bytes) -> dict[str, str]:
    if not line:
        return {}
    found: dict[str, str] = {}
    for each in line.decode("latin-1").split(";"):
        name, mark, value = each.partition("=")
        found[name.strip() if mark else ""] = value.strip().strip('"')
    return found
