"""Loaded by pytest before anything else (`-p` in pyproject.toml): pytest-django reads the settings before any conftest.

A data folder of its own: never the network that somebody is running on this machine.
"""

from __future__ import annotations

import os
import tempfile

os.environ["BOUQUET_TESTING"] = "1"
os.environ["BOUQUET_DATA"] = tempfile.mkdtemp(prefix="bouquet-test-")

# Each of xdist's workers has a Redis database of its own: tests empty it between them.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
if redis := os.environ.get("BOUQUET_REDIS_URL"):
    os.environ["BOUQUET_REDIS_URL"] = f"{redis.rpartition('/')[0]}/{_worker}"
