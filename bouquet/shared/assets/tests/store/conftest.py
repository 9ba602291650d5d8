"""An S3 server in a thread of the test run (moto), and a place of its own in it for each test."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bouquet.shared.assets.store.bucket import Bucket
from bouquet.shared.assets.store.opening import the_bucket
from bouquet.toolkit.ids import short_id


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    Bucket(address, "films", "", "us-east-1", "key", "secret").client.create_bucket(Bucket="films")
    yield address
    server.stop()


@pytest.fixture
def bucket(s3_server: str, settings: Any) -> Bucket:
    """An operator who keeps films there, below a prefix, from the moment they are ready."""
    settings.OBJECT_STORE = {
        "endpoint": s3_server,
        "bucket": "films",
        "prefix": f"{short_id()}/",
        "region": "us-east-1",
        "key_id": "key",
        "secret": "secret",
    }
    settings.DISK_RESERVE_BYTES = 0
    return the_bucket()
