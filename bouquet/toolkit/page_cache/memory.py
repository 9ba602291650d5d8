"""Pages in this process's memory: as many bytes as it was given, what nobody asks for again goes first.

Used from one thread only, the door's own event loop.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from bouquet.toolkit.page_cache.notes import EVERYTHING

Key = Hashable
Headers = list[tuple[bytes, bytes]]
ROW = 2000  # bytes that a page takes beside its body: headers, marks, keys
NEW_SHARE = 4  # a quarter of the memory is for pages that were asked for once
MOST_KNOWN = 20_000


@dataclass(slots=True)
class KeptPage:
    headers: Headers  # without those of the bodies: length, encoding
    bodies: dict[bytes, bytes]  # by encoding; b"" is the plain one
    etag: bytes
    marks: frozenset[str]
    fresh_until: float  # Unix seconds
    stale_until: float  # until then who comes while it is made anew gets this one; never past its own hour
    size: int = 0

    @classmethod
    def of(cls, headers: Headers, body: bytes, marks: Iterable[str], fresh: float, stale: float) -> KeptPage:
        """Packs the body: a millisecond or two, so not in the event loop."""
        packed = gzip.compress(body, 6, mtime=0)
        bodies = {b"": body} | ({b"gzip": packed} if len(packed) < len(body) else {})
        etag = b'W/"' + blake2b(body, digest_size=12).hexdigest().encode() + b'"'
        size = ROW + sum(map(len, bodies.values())) + sum(len(name) + len(value) for name, value in headers)
        return cls(headers, bodies, etag, frozenset(marks), fresh, stale, size=size)


class PageMemory:
    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._sizes = {True: 0, False: 0}
        self._shelves: dict[bool, OrderedDict[Key, KeptPage]] = {False: OrderedDict(), True: OrderedDict()}
        self._by_mark: dict[str, set[Key]] = {}
        self._known: OrderedDict[int, None] = OrderedDict()  # pages that were kept once: their makers may be waited for
        self._cleared: OrderedDict[str, int] = OrderedDict()  # the latest, and which clearing it was
        self._count = 0

    def __len__(self) -> int:
        return sum(map(len, self._shelves.values()))

    def find(self, key: Key) -> KeptPage | None:
        """Asked for again, a page moves to those that stay longer."""
        new, old = self._shelves[False], self._shelves[True]
        if page := old.get(key):
            old.move_to_end(key)
            return page
        if page := new.pop(key, None):
            self._sizes[False] -= page.size
            old[key] = page
            self._sizes[True] += page.size
            self._make_room()
        return page

    @property
    def moment(self) -> int:
        """To be remembered when a page begins to be made, and said when it is put here."""
        return self._count

    def put(self, key: Key, page: KeptPage, *, since: int) -> bool:
        """False where something that it shows was cleared while it was being made, or where it is too large."""
        if page.size > self.most_bytes // NEW_SHARE or self._cleared_since(page.marks, since):
            return False
        self.drop(key)
        self._shelves[False][key] = page
        self._sizes[False] += page.size
        for each in page.marks:
            self._by_mark.setdefault(each, set()).add(key)
        self._remember(key)
        self._make_room()
        return True

    def was_kept(self, key: Key) -> bool:
        return hash(key) in self._known

    def drop(self, key: Key) -> None:
        for shelf, pages in self._shelves.items():
            if page := pages.pop(key, None):
                self._sizes[shelf] -= page.size
                self._forget_marks(key, page)

    def clear(self, marks: Iterable[str]) -> None:
        self._count += 1
        for each in marks:
            self._cleared[each] = self._count
            self._cleared.move_to_end(each)
            if each == EVERYTHING:
                for pages in self._shelves.values():
                    pages.clear()
                self._by_mark.clear()
                self._sizes = {True: 0, False: 0}
            for key in list(self._by_mark.get(each, ())):
                self.drop(key)
        while len(self._cleared) > MOST_KNOWN:
            _mark, last = self._cleared.popitem(last=False)  # pages whose making began before it are not kept
            self._cleared[EVERYTHING] = max(last, self._cleared.get(EVERYTHING, 0))

    def _cleared_since(self, marks: frozenset[str], since: int) -> bool:
        return any(self._cleared.get(each, 0) > since for each in (*marks, EVERYTHING))

    def _make_room(self) -> None:
        """The first quarter is for newcomers; a flood of addresses that nobody asks for again pushes out no other."""
        new, old = self._shelves[False], self._shelves[True]
        while self._sizes[False] > self.most_bytes // NEW_SHARE:
            self.drop(next(iter(new)))
        while self._sizes[True] > self.most_bytes - self.most_bytes // NEW_SHARE:
            self.drop(next(iter(old)))

    def _forget_marks(self, key: Key, page: KeptPage) -> None:
        for each in page.marks:
            keys = self._by_mark.get(each)
            if keys is not None:
                keys.discard(key)
                if not keys:
                    del self._by_mark[each]

    def _remember(self, key: Key) -> None:
        self._known[hash(key)] = None
        self._known.move_to_end(hash(key))
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)


def start_of(page: KeptPage, encoding: bytes, status: int, more: Headers) -> dict[str, Any]:
    """The first message of an answer that is this page, or that says that the reader has it."""
    headers = [*page.headers, (b"etag", page.etag), *more]
    if encoding:
        headers.append((b"content-encoding", encoding))
    if status == 200:
        headers.append((b"content-length", str(len(page.bodies[encoding])).encode()))
    return {"type": "http.response.start", "status": status, "headers": headers}
