"""The API as its OpenAPI document describes it, asked by schemathesis on a live server: valid and invalid values,
boundaries, NUL bytes, wrong methods and tokens, on every operation and with all checks; the same questions in each run.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bouquet.toolkit.testing.migrated import lay_migrated_database

pytestmark = pytest.mark.slow
EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "5")
HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@dataclass
class Served:
    url: str
    token: str
    known: dict[str, str]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("served")
    port = _free_port()
    environment = os.environ | {
        "BOUQUET_DATA": str(data),
        "BOUQUET_PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "bouquet.config.settings",
        "BOUQUET_DATABASE_URL": f"sqlite:///{data}/bouquet.sqlite3",
        "PYTHONPATH": str(ROOT),
    }
    lay_migrated_database(data)
    ground = _output([sys.executable, str(HERE / "ground.py")], environment)
    facts = json.loads(ground.strip().splitlines()[-1])
    log = (data / "server.log").open("wb")
    command = [sys.executable, "-m", "bouquet.config.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=ROOT)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/healthz", server, data / "server.log")
        yield Served(url, facts["token"], facts["known"])
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def test_every_operation_keeps_its_word(served: Served, tmp_path: Path) -> None:
    command = [
        *(
            sys.executable,
            "-m",
            "schemathesis.cli",
            "--config-file",
            str(HERE / "schemathesis.toml"),
            "run",
            f"{served.url}/api/v1/openapi.json",
        ),
        *("--header", "Host: bouquet.localhost", "--header", f"Authorization: Bearer {served.token}"),
        *("--checks", "all", "--phases", "examples,coverage,fuzzing,stateful", "--max-examples", EXAMPLES),
        *("--generation-deterministic", "--seed", "1", "--workers", "1"),
        *("--request-timeout", "20", "--no-color", "--warnings", "off"),
    ]
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": "tests.api.hooks",
        "BOUQUET_TRY_KNOWN": json.dumps(served.known),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-12000:] + done.stderr[-3000:]
    asked = re.search(r"(\d+) generated", done.stdout)
    assert asked and int(asked[1]) > 300


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _output(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()[-4000:]
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"{url} did not answer\n{log.read_text()[-4000:]}")
