"""The only file that speaks S3 (botocore). Blocking: call it from a thread or a task.

Path-style addresses, which every S3-compatible store knows. Each object that is written carries its MD5, so that the
store itself refuses what was altered on the way; the newer CRC trailers are left out, for older stores choke on them.
"""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import md5
from typing import Any
from urllib.parse import urlsplit

QUIET_SECONDS = 2.0  # after a failure others are told at once, instead of waiting for it too
_ONE_AT_A_TIME = threading.Lock()


class StoreAway(Exception):
    """It does not answer, or refuses us: why, in a sentence for the operator. It may pass."""


class NotThere(Exception):
    """There is no such object."""


class Unmet(Exception):
    """A condition of the request does not hold; `status` is 304, 412 or 416."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


@dataclass(frozen=True)
class Stored:
    """An object: its key below the bucket's prefix, bytes, and the store's word for its content."""

    key: str
    size: int
    etag: str


class Bucket:
    """Keys are given and taken without the prefix."""

    def __init__(
        self, endpoint: str, bucket: str, prefix: str, region: str, key_id: str, secret: str, *, hurried: bool = False
    ) -> None:
        self.endpoint, self.name, self.prefix = endpoint, bucket, prefix
        self._choices = (region, key_id, secret, hurried)
        self._quiet_until = 0.0

    def __str__(self) -> str:
        return f"{self.endpoint}/{self.name}/{self.prefix}".rstrip("/")

    @property
    def client(self) -> Any:
        with _ONE_AT_A_TIME:
            return _client(self.endpoint, *self._choices)

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def get(self, key: str, **asked: str) -> dict[str, Any]:
        """The answer with its open `Body`. `asked`: Range, IfMatch, IfNoneMatch. Raises NotThere, Unmet, StoreAway."""
        with self._speaking():
            return self.client.get_object(**self._at(key), **asked)  # type: ignore[no-any-return]

    def head(self, key: str, **asked: str) -> dict[str, Any]:
        with self._speaking():
            return self.client.head_object(**self._at(key), **asked)  # type: ignore[no-any-return]

    def read(self, body: Any, size: int) -> bytes:
        """A piece of an open Body. Raises StoreAway."""
        with self._speaking():
            return body.read(size)  # type: ignore[no-any-return]

    def list(self, prefix: str) -> Iterator[Stored]:
        """A thousand in one question."""
        for page in self._pages(Prefix=self.prefix + prefix):
            for each in page.get("Contents", []):
                yield Stored(each["Key"][len(self.prefix) :], each["Size"], each["ETag"].strip('"'))

    def folders(self, prefix: str) -> Iterator[str]:
        """The names that follow `prefix`, up to the next slash."""
        begin = len(self.prefix) + len(prefix)
        for page in self._pages(Prefix=self.prefix + prefix, Delimiter="/"):
            for each in page.get("CommonPrefixes", []):
                yield each["Prefix"][begin:].rstrip("/")

    def presigned(self, key: str, method: str, seconds: int, **answer: str) -> str:
        """The query that lets who has it `GET` (or `HEAD`) this object. Asks nobody. `answer`: ResponseContentType …"""
        words = {"ClientMethod": "head_object" if method == "HEAD" else "get_object", "ExpiresIn": seconds}
        return urlsplit(self.client.generate_presigned_url(Params=self._at(key) | answer, **words)).query

    # ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def put(self, key: str, data: bytes, **facts: str) -> str:
        """Its etag. `facts`: ContentType, CacheControl."""
        with self._speaking():
            answer = self.client.put_object(**self._at(key), Body=data, ContentMD5=_checksum(data), **facts)
        return str(answer["ETag"]).strip('"')

    def delete(self, key: str) -> None:
        """Twice is once."""
        with self._speaking():
            self.client.delete_object(**self._at(key))

    # ── In parts ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def open_parts(self, key: str) -> tuple[str, dict[int, Stored]] | None:
        """A sending in parts that was begun and not ended, and what arrived of it."""
        with self._speaking():
            found = self.client.list_multipart_uploads(Bucket=self.name, Prefix=self.prefix + key).get("Uploads", [])
            mine = [each for each in found if each["Key"] == self.prefix + key]
            if not mine:
                return None
            upload = str(mine[-1]["UploadId"])
            pages = self.client.get_paginator("list_parts").paginate(**self._at(key), UploadId=upload)
            parts = [each for page in pages for each in page.get("Parts", [])]
        return upload, {each["PartNumber"]: Stored(key, each["Size"], each["ETag"].strip('"')) for each in parts}

    def begin_parts(self, key: str, **facts: str) -> str:
        with self._speaking():
            return str(self.client.create_multipart_upload(**self._at(key), **facts)["UploadId"])

    def put_part(self, key: str, upload: str, number: int, data: bytes) -> str:
        with self._speaking():
            answer = self.client.upload_part(
                **self._at(key), UploadId=upload, PartNumber=number, Body=data, ContentMD5=_checksum(data)
            )
        return str(answer["ETag"]).strip('"')

    def end_parts(self, key: str, upload: str, etags: dict[int, str]) -> str:
        parts = [{"PartNumber": number, "ETag": etag} for number, etag in sorted(etags.items())]
        with self._speaking():
            answer = self.client.complete_multipart_upload(
                **self._at(key), UploadId=upload, MultipartUpload={"Parts": parts}
            )
        return str(answer["ETag"]).strip('"')

    def give_up_parts(self, key: str, upload: str) -> None:
        with self._speaking():
            self.client.abort_multipart_upload(**self._at(key), UploadId=upload)

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self.name, "Key": self.prefix + key}

    def _pages(self, **asked: str) -> Iterator[dict[str, Any]]:
        pages = iter(self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, **asked))
        while True:
            with self._speaking():
                page = next(pages, None)
            if page is None:
                return
            yield page

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Turns what can go wrong into our three words."""
        from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError

        if time.monotonic() < self._quiet_until:
            raise StoreAway(f"{self} did not answer a moment ago.")
        try:
            yield
        except ClientError as error:
            raise _meaning(error, self) from error
        except (BotoCoreError, OSError) as error:
            if self._choices[-1] and isinstance(error, ConnectTimeoutError | EndpointConnectionError):
                self._quiet_until = time.monotonic() + QUIET_SECONDS
            raise StoreAway(f"{self} does not answer: {error}") from error


def _meaning(error: Any, bucket: Bucket) -> Exception:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    code = error.response.get("Error", {}).get("Code", "")
    if status == 404 and code != "NoSuchBucket":
        return NotThere(bucket.name)
    if status in (304, 412, 416):
        return Unmet(status)
    return StoreAway(
        f"{bucket} refuses: {code or status}. {error.response.get('Error', {}).get('Message', '')}".strip()
    )


@cache
def _client(endpoint: str, region: str, key_id: str, secret: str, hurried: bool) -> Any:
    """Made when first used (it costs half a second), and shared by every thread. `hurried`: for who waits for an answer
    now. Without a key the machine's own role is asked for (botocore's way)."""
    from botocore.config import Config
    from botocore.session import Session

    choices = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        connect_timeout=3 if hurried else 10,
        read_timeout=10 if hurried else 60,
        retries={"mode": "standard", "total_max_attempts": 2 if hurried else 5},
        max_pool_connections=32,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return Session().create_client(
        "s3",
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=key_id or None,
        aws_secret_access_key=secret or None,
        config=choices,
    )


def digest_of_part(data: bytes) -> bytes:
    """MD5, which is what stores compare and call an etag."""
    return md5(data, usedforsecurity=False).digest()


def _checksum(data: bytes) -> str:
    return base64.b64encode(digest_of_part(data)).decode()
