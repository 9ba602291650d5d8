"""The real parts: `bouquet serve` with its workers on a fresh data folder, and Chromium as a phone and as a desktop."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from bouquet.toolkit.testing.command import StartedCommand
from bouquet.toolkit.testing.migrated import lay_migrated_database
from tests.journeys.line import Line

ROOT = Path(__file__).resolve().parents[2]
CLIPS = ROOT / ".clips"
BOUQUET = Path(sys.executable).with_name("bouquet")
CHROMIUM = os.environ.get("BOUQUET_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 45_000  # milliseconds: two encoders on two cores make a page wait, and only what is broken waits so long
expect.set_options(timeout=PATIENCE)
ARGUMENTS = [
    "--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip


@dataclass
class RunningNetwork:
    """One `bouquet serve` on its own data folder. Hosts end in the port."""

    data: Path
    port: int
    process: subprocess.Popen[str] | None = None
    environment: dict[str, str] = field(default_factory=dict)
    command: StartedCommand = field(init=False)

    def __post_init__(self) -> None:
        self.command = StartedCommand(self.environment)

    def url(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    def bouquet(self, *arguments: str) -> str:
        """Run a command of the operator; give what it printed."""
        code, said = self.command.run(*arguments)
        assert code == 0, said
        return said

    def start(self, workers: str = "auto") -> None:
        log = (self.data / "serve.log").open("a")
        before = self._times_ready()
        command = [BOUQUET, "serve", "--port", str(self.port), "--with-workers", workers]
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=log, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        wait_until(lambda: self._is_up(before), 120, lambda: (self.data / "serve.log").read_text()[-3000:])

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=20)

    def kill(self) -> None:
        """As a power cut would: the server and all it started, at once."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)

    def _is_up(self, before: int) -> bool:
        """It says so itself: who answers at the port may still be the one that was killed just now."""
        assert self.process and self.process.poll() is None, (self.data / "serve.log").read_text()[-3000:]
        return self._times_ready() > before

    def _times_ready(self) -> int:
        return (self.data / "serve.log").read_text().count("Bouquet is ready")


def wait_until(true: object, seconds: float, words: object) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} s: {words()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def a_network(data: Path, **settings: str) -> Iterator[RunningNetwork]:
    port = free_port()
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("BOUQUET_", "DJANGO_", "PYTEST"))
    }
    environment = clean | {"BOUQUET_DATA": str(data), "PORT": str(port), "BOUQUET_STAFF_TOTP": "0"}
    environment["BOUQUET_FETCH_PRIVATE_HOSTS"] = "localhost"  # the old place in test_import.py, by this name alone
    network = RunningNetwork(data, port, environment=environment | settings)
    lay_migrated_database(data)
    network.bouquet("site", "add", "bouquet.localhost", "--name", "Bouquet", "--main")
    network.bouquet("site", "add", "video.bouquet.localhost", "--name", "Zoom", "--kinds", "videos")
    network.bouquet("site", "add", "magazine.bouquet.localhost", "--name", "Septembre", "--kinds", "videos")
    network.bouquet("site", "add", "atelier.test", "--name", "Atelier", "--language", "en", "--kinds", "videos")
    network.bouquet("person", "add", "chloe@bouquet.example", "--name", "Chloé", "--password", "bouquet-demo")
    try:
        network.start()
        yield network
    finally:
        network.command.end()
        if network.process and network.process.poll() is None:
            network.kill()


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNetwork]:
    with a_network(tmp_path_factory.mktemp("network")) as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A journey that fails shows what the server said meanwhile: half of the reasons stand there."""
    report = yield
    network = getattr(item, "funcargs", {}).get("network")
    if report.failed and isinstance(network, RunningNetwork):
        report.sections.append(("the network's log", (network.data / "serve.log").read_text()[-4000:]))
    return report


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def line(network: RunningNetwork) -> Iterator[Line]:
    """What the browser's connections to the network's sites go through."""
    line = Line(network.port)
    yield line
    line.close()


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, network: RunningNetwork, line: Line) -> Iterator[Browser]:
    assert CHROMIUM, "Journeys need Chromium. On Debian: apt install chromium (or name it in BOUQUET_CHROMIUM)."
    rules = f"MAP *:{network.port} 127.0.0.1:{line.port}, MAP *.test 127.0.0.1"
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, f"--host-resolver-rules={rules}"])
    yield browser
    browser.close()


@pytest.fixture(params=["desktop", "phone"])
def context(request: pytest.FixtureRequest, chromium: Browser, playwright: Playwright) -> Iterator[BrowserContext]:
    """A fresh browser of a desktop, then of a phone; English, so that the journeys read as the code does."""
    looks = (
        {"viewport": {"width": 1440, "height": 900}} if request.param == "desktop" else playwright.devices["Pixel 7"]
    )
    context = chromium.new_context(**looks, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
