"""The operator's bucket: what the setting names, whether it is ours, whether it can be written and read.

A bucket (or a prefix in one) is one network's alone. An object `.bouquet` says whose: two networks that were given the
same one by mistake do not sweep each other's films away.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from bouquet.shared.assets.store.bucket import Bucket, NotThere, StoreAway

MARK, TRIAL = ".bouquet", ".bouquet-trial"


def has_store() -> bool:
    return bool(settings.OBJECT_STORE)


def the_bucket(*, hurried: bool = False) -> Bucket:
    """`hurried`: for a reader who waits. Raises StoreAway where none is set."""
    if not settings.OBJECT_STORE:
        raise StoreAway("BOUQUET_OBJECT_STORE is not set.")
    return _bucket(hurried, **settings.OBJECT_STORE)


def open_bucket() -> Bucket:
    """To write to: marked as this network's, the first time. Raises StoreAway."""
    bucket = the_bucket()
    if not _is_ours(bucket):
        bucket.put(MARK, _network(), ContentType="text/plain")
    return bucket


def try_bucket() -> None:
    """Write, read, list and remove a few bytes, as films will be. Raises StoreAway with what does not work."""
    bucket = the_bucket()
    _is_ours(bucket)
    for what, act in (
        ("written", lambda: bucket.put(TRIAL, b"trial", ContentType="text/plain")),
        ("read", lambda: bucket.read(bucket.get(TRIAL)["Body"], 16)),
        ("listed", lambda: list(bucket.list(TRIAL))),
        ("deleted from", lambda: bucket.delete(TRIAL)),
    ):
        try:
            act()
        except (StoreAway, NotThere) as error:
            raise StoreAway(f"It cannot be {what}: {error}") from error


def word_of_nginx() -> str:
    """What nginx says in its Referer, and the bucket's policy asks for: whoever knows it may read."""
    return salted_hmac("bouquet.store", "nginx", algorithm="sha256").hexdigest()[:40]


def policy_for_nginx() -> str:
    """A bucket policy, as S3 takes it: reading, nothing else, for who brings that word."""
    bucket = the_bucket()
    statement = {
        "Sid": "BouquetNginx",
        "Effect": "Allow",
        "Principal": {"AWS": ["*"]},
        "Action": ["s3:GetObject"],
        "Resource": [f"arn:aws:s3:::{bucket.name}/{bucket.prefix}{folder}/*" for folder in ("streams", "posters")],
        "Condition": {"StringEquals": {"aws:Referer": [word_of_nginx()]}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=2)


def _is_ours(bucket: Bucket) -> bool:
    """Whether it has our mark already; a new one has none. Raises StoreAway where it is another's."""
    try:
        said = bucket.read(bucket.get(MARK)["Body"], 100)
    except NotThere:
        return False
    if said != _network():
        raise StoreAway(f"{bucket} belongs to another network: its object {MARK} says so.")
    return True


@cache
def _bucket(hurried: bool, **choices: Any) -> Bucket:
    return Bucket(**choices, hurried=hurried)


def _network() -> bytes:
    return salted_hmac("bouquet.store", "bucket", algorithm="sha256").hexdigest()[:32].encode() + b"\n"
