"""All that is known of where addresses are, as the lines of a table: for an nginx that looks it up itself.

Reads the search tree of the MMDB file (https://maxmind.github.io/MaxMind-DB/) directly: two neighbours of one country
become one network on the way, and a million records take seconds instead of minutes.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import maxminddb
from django.conf import settings
from maxminddb.decoder import Decoder

from bouquet.shared.network.territory import OWN_GROUND, country_in

SEPARATOR = 16  # zero bytes between the tree and the data


def countries_table() -> Path:
    """Where `bouquet nginx` writes it: to be written again when the data has changed."""
    return Path(settings.DATA) / "nginx" / "countries.geo"


def write_countries_table() -> Path | None:
    """In the words of nginx's `geo`; None where there is no data. What is younger than the data is left as it is."""
    table, data = countries_table(), Path(settings.TERRITORY_DATABASE)
    if not data.is_file():
        return None
    if table.is_file() and table.stat().st_mtime > data.stat().st_mtime:
        return table
    lines = [f"{network} {code};\n" for network, code in countries_by_network(data)]
    table.parent.mkdir(parents=True, exist_ok=True)
    fresh = table.with_suffix(".fresh")
    fresh.write_text("".join(lines))
    fresh.replace(table)  # an nginx that reloads now reads the old one or the new one
    return table


def countries_by_network(data: Path) -> Iterator[tuple[str, str]]:
    """(network, country), none of it on our own ground, whatever the data say of that."""
    found: list[tuple[int, int, str]] = []
    with maxminddb.open_database(data) as database:
        facts = database.metadata()
    tree = _Tree(data.read_bytes(), facts)
    whole = tree.gather(0, 0, 0, found)
    if whole:
        found.append((0, 0, whole))
    for prefix, bits, code in found:
        network = tree.name_of(prefix, bits)
        if not _is_own(network):
            yield network, code


class _Tree:
    """`ip_version` 6 files hold IPv4 below ::/96; other ways into that part are aliases of it."""

    def __init__(self, buffer: bytes, facts: Any) -> None:
        self.buffer, self.nodes, self.width = buffer, facts.node_count, 128 if facts.ip_version == 6 else 32
        self.children: Callable[[int], tuple[int, int]] = {
            24: self._children_24,
            28: self._children_28,
            32: self._children_32,
        }[facts.record_size]
        start = self.nodes * facts.record_size // 4
        self.decoder = Decoder(buffer, start + SEPARATOR)
        self.shift = start - self.nodes
        self.codes: dict[int, str] = {self.nodes: ""}
        self.root_4 = self._root_4()

    def gather(self, node: int, prefix: int, bits: int, found: list[tuple[int, int, str]]) -> str | None:
        """The one country ("": none) of all below this node; None where there are several, which are in `found`."""
        if node >= self.nodes:
            return self.codes[node] if node in self.codes else self._read(node)
        if node == self.root_4 and prefix:
            return ""
        left, right = self.children(node)
        other = prefix | 1 << (self.width - 1 - bits)
        one = self.gather(left, prefix, bits + 1, found)
        two = self.gather(right, other, bits + 1, found)
        if one == two:
            return one
        if one:
            found.append((prefix, bits + 1, one))
        if two:
            found.append((other, bits + 1, two))
        return None

    def name_of(self, prefix: int, bits: int) -> str:
        if self.width == 32:
            return f"{socket.inet_ntoa(prefix.to_bytes(4, 'big'))}/{bits}"
        if bits >= 96 and prefix < 1 << 32:
            return f"{socket.inet_ntoa(prefix.to_bytes(4, 'big'))}/{bits - 96}"
        return f"{socket.inet_ntop(socket.AF_INET6, prefix.to_bytes(16, 'big'))}/{bits}"

    def _read(self, node: int) -> str:
        self.codes[node] = country_in(self.decoder.decode(node + self.shift)[0])
        return self.codes[node]

    def _root_4(self) -> int:
        node = 0
        for _bit in range(96 if self.width == 128 else 0):
            node = self.children(node)[0] if node < self.nodes else node
        return node

    def _children_24(self, node: int) -> tuple[int, int]:
        at, buffer = node * 6, self.buffer
        return int.from_bytes(buffer[at : at + 3], "big"), int.from_bytes(buffer[at + 3 : at + 6], "big")

    def _children_28(self, node: int) -> tuple[int, int]:
        at, buffer = node * 7, self.buffer
        middle = buffer[at + 3]
        left = (middle & 0xF0) << 20 | int.from_bytes(buffer[at : at + 3], "big")
        return left, (middle & 0x0F) << 24 | int.from_bytes(buffer[at + 4 : at + 7], "big")

    def _children_32(self, node: int) -> tuple[int, int]:
        at, buffer = node * 8, self.buffer
        return int.from_bytes(buffer[at : at + 4], "big"), int.from_bytes(buffer[at + 4 : at + 8], "big")


# How names of networks begin that may be on our own ground: the exact question is asked of few.
_LIKE_OWN = ("10.", "127.", "169.254.", "172.", "192.168.", "::1/", "fc", "fd", "fe8", "fe9", "fea", "feb")


def _is_own(network: str) -> bool:
    if not network.startswith(_LIKE_OWN):
        return False
    exact: Any = ipaddress.ip_network(network)
    return any(exact.version == own.version and exact.subnet_of(own) for own in OWN_GROUND)
