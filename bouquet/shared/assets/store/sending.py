"""Files go to the store: small ones whole, large ones in parts. What arrived before a kill is not sent again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from bouquet.shared.assets.store.bucket import Bucket, Stored, digest_of_part
from bouquet.shared.assets.store.keys import facts_for
from bouquet.toolkit.tasks import heartbeat

WHOLE = 16 * 1024 * 1024  # larger files go in parts of at least this
MOST_PARTS = 9_000  # a store takes 10,000
AT_ONCE = 8


def send_files(bucket: Bucket, files: Iterable[tuple[str, Path]], there: dict[str, Stored]) -> dict[str, Stored]:
    """What the store has then, by key. `there`: what it had. Raises StoreAway, OSError."""
    files = list(files)
    small = [each for each in files if each[1].stat().st_size <= WHOLE]
    large = [each for each in files if each not in small]
    bytes_in_all = sum(path.stat().st_size for _key, path in files) or 1
    sent: dict[str, Stored] = {}
    done = 0

    def note(each: Stored) -> None:
        nonlocal done
        sent[each.key], done = each, done + each.size
        heartbeat(min(0.99, done / bytes_in_all))

    side_by_side([partial(send_small, bucket, key, path, there.get(key)) for key, path in small], note)
    for key, path in large:
        note(send_large(bucket, key, path, there.get(key)))
    return sent


def send_small(bucket: Bucket, key: str, path: Path, there: Stored | None) -> Stored:
    data = path.read_bytes()
    known = Stored(key, len(data), digest_of_part(data).hex())
    if there == known:
        return there
    return Stored(key, len(data), bucket.put(key, data, **facts_for(key)))


def send_large(bucket: Bucket, key: str, path: Path, there: Stored | None) -> Stored:
    """Part by part, going on where a kill came."""
    size = path.stat().st_size
    step = part_size(size)
    if there is not None and there.size == size and _is_same(there, path, step):
        return there
    upload, arrived = bucket.open_parts(key) or (bucket.begin_parts(key, **facts_for(key)), {})
    etags: dict[int, str] = {}
    for number, data in enumerate(_parts(path, step), 1):
        before = arrived.get(number)
        if before is not None and before.etag == digest_of_part(data).hex():
            etags[number] = before.etag
        else:
            etags[number] = bucket.put_part(key, upload, number, data)
        heartbeat(min(0.99, number * step / size))
    return Stored(key, size, bucket.end_parts(key, upload, etags))


def part_size(size: int) -> int:
    return max(WHOLE, -(-size // MOST_PARTS))


def digest_of(path: Path) -> str:
    found = sha256()
    for data in _parts(path, 4 * 1024 * 1024):
        found.update(data)
    return found.hexdigest()


def side_by_side(acts: list[Callable[[], Any]], note: Callable[[Any], None] = lambda _done: None) -> None:
    """A few at once: each mostly waits for the store. The first that fails ends it all."""
    left = iter(acts)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="store") as threads:
        running: set[Future[Any]] = {threads.submit(act) for act in islice(left, AT_ONCE * 2)}
        try:
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for each in done:
                    note(each.result())
                running |= {threads.submit(act) for act in islice(left, len(done))}
        finally:
            for each in running:
                each.cancel()


def _is_same(there: Stored, path: Path, step: int) -> bool:
    """By its etag where that is made of our parts' MD5s, as with most stores; by its size with others."""
    ours = -(-path.stat().st_size // step)
    return there.etag.partition("-")[2] != str(ours) or there.etag == _etag_in_parts(path, step)


def _etag_in_parts(path: Path, step: int) -> str:
    digests = [digest_of_part(data) for data in _parts(path, step)]
    return f"{digest_of_part(b''.join(digests)).hex()}-{len(digests)}"


def _parts(path: Path, step: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        while data := file.read(step):
            yield data
