"""`bouquet serve`: prepares the data folder, starts the web server and the workers, watches over them, stops them all.

One process with one thread supervises; each part is a fork of it (Django is loaded once) in a process group of its own,
and dies with it whatever happens (PR_SET_PDEATHSIG), so that nothing is ever left behind.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import click

from bouquet.config.env import env_number

HEARD = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD}
PATIENCE = 7.0  # seconds that the parts have to stop by themselves
LEAVING = 5.0  # seconds that a predecessor who was killed just now has to leave the port
STARTING = 120.0  # seconds until the web server must answer


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on (0.0.0.0: every network).")
@click.option("--port", type=click.IntRange(1, 65535), help="Default: PORT, else 8000.")
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="Web server processes.")
@click.option(
    "--with-workers", "workers", help="Worker processes to run: a number, or auto. Default: none; with --demo auto."
)
@click.option(
    "--media-port",
    type=click.IntRange(1, 65535),
    help="A second port that gives films and pictures only, at a third of the cost; your proxy sends /m/, /f/ and"
    " /media/ there (docs/running/production.md). Default: BOUQUET_MEDIA_PORT, else none.",
)
@click.option("--demo", is_flag=True, help="Fill the demo network, where that has not been done.")
def serve(host: str, port: int | None, processes: int, workers: str | None, media_port: int | None, demo: bool) -> None:
    """Serve the network until Ctrl-C: prepare the data folder, then web server and workers."""
    if port:  # before Django reads its settings: addresses of sites carry the port
        os.environ["BOUQUET_PORT"] = str(port)
    if demo:  # shows its mail on a page, and lets its staff in without a second factor
        os.environ.setdefault("BOUQUET_DEMO", "1")
    port = port or int(os.environ.get("BOUQUET_PORT") or os.environ.get("PORT") or 8000)
    media = media_port or env_number("BOUQUET_MEDIA_PORT", 0)
    count = _number_of_workers(workers or ("auto" if demo else "0"))
    require_free_port(host, port, f"PORT={port + 1} make run")
    if media:
        _require_free_media_port(host, media, port)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    try:
        from bouquet.config.prepare import prepare

        prepare()
        parts = _parts(host, port, processes, count, media, demo)
        code = Supervisor(parts, _readiness(host, port, media, demo)).run()
    except KeyboardInterrupt:
        click.echo("\nStopped before it was ready.")
        code = 130
    sys.exit(code)


def _require_free_media_port(host: str, media: int, port: int) -> None:
    if media == port:
        raise click.ClickException(
            f"Pages and films cannot share port {port}. Give films another: --media-port {port + 1}, or none."
        )
    require_free_port(host, media, f"--media-port {media + 1}")
    os.environ["BOUQUET_MEDIA_PORT"] = str(media)  # the settings, and with them `bouquet doctor`, know it


def require_free_port(host: str, port: int, other: str) -> None:
    """The web server would share a port with a forgotten older one (SO_REUSEPORT), and half of the readers see each."""
    until = time.monotonic() + LEAVING
    while _answers(port):
        if time.monotonic() > until:
            raise click.ClickException(
                f"Something answers at port {port} already, perhaps a Bouquet that still runs. Stop it, or choose "
                f"another port: {other}."
            )
        time.sleep(0.2)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(f"Cannot listen at {host}:{port}: {error.strerror}.") from None


def _answers(port: int) -> bool:
    for family, address in [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]:
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as caller:
            caller.settimeout(0.5)
            if caller.connect_ex((address, port)) == 0:
                return True
    return False


def _number_of_workers(text: str) -> int:
    if text == "auto":
        return 1 if (os.cpu_count() or 2) <= 8 else 2  # each fills its slots by the number of processors
    if text.isdecimal() and int(text) <= 64:
        return int(text)
    raise click.ClickException(f"--with-workers takes a number or auto, not {text!r}.")


def _parts(host: str, port: int, processes: int, workers: int, media: int, demo: bool) -> list[Part]:
    from bouquet.config import parts

    wanted = [Part("Web server", lambda: parts.run_web(host, port, processes), essential=True)]
    if media:
        wanted.append(Part("Media door", lambda: parts.run_media(host, media)))
    wanted += [Part(f"Worker {number}", parts.run_worker) for number in range(1, workers + 1)]
    if demo:
        wanted.append(Part("Demo", parts.fill_demo, once=True))
    return wanted


def _readiness(host: str, port: int, media: int, demo: bool) -> Readiness:
    from django.conf import settings

    base = f"{settings.SCHEME}://{settings.MAIN_HOST}" + ("" if port in (80, 443) else f":{port}")
    called = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
    called = f"[{called}]" if ":" in called else called
    # With the demo, ready means that its front page is there, not only that the server answers.
    paths = ["/healthz", "/"] if demo else ["/healthz"]
    return Readiness(f"http://{called}:{port}", f"{settings.MAIN_HOST}:{port}", paths, base, demo, media)


@dataclass
class Readiness:
    called: str
    host: str
    paths: list[str]
    address: str
    demo: bool
    media: int = 0

    def is_true(self) -> bool:
        return all(self._answers(path) for path in self.paths) and (not self.media or self._media_answers())

    def announce(self) -> None:
        if self.media:
            click.echo(f"Films and pictures are at port {self.media} too.")
        click.echo(f"Bouquet is ready: {self.address}/")
        if self.demo:
            from bouquet.config import parts

            click.echo(parts.demo_accounts())

    def _answers(self, path: str) -> bool:
        request = urllib.request.Request(self.called + path, headers={"Host": self.host})  # noqa: S310  our own server
        try:
            with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310
                return response.status == 200
        except (OSError, ValueError):
            return False

    def _media_answers(self) -> bool:
        address = urlsplit(self.called).hostname
        with contextlib.suppress(OSError), socket.create_connection((address, self.media), timeout=5):
            return True
        return False


@dataclass
class Part:
    """One child: what it runs, how its end is taken. `once`: it ends by itself. `essential`: all need it."""

    name: str
    run: Callable[[], None]
    essential: bool = False
    once: bool = False
    pid: int = 0
    born: float = 0.0
    falls: int = 0
    start_at: float = field(default=0.0)

    def start(self) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        supervisor = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._live(supervisor)
        self.pid, self.born = pid, time.monotonic()

    def _live(self, supervisor: int) -> None:
        """In the child, never to return."""
        code = 1
        try:
            os.setpgid(0, 0)  # Ctrl-C is the supervisor's to hear
            die_with_parent(supervisor)
            call_process(f"bq {self.name.lower()}")
            signal.pthread_sigmask(signal.SIG_SETMASK, set())
            self.run()
            code = 0
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 1
        except KeyboardInterrupt:
            code = 130
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            with contextlib.suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)

    def send(self, signal_number: int, *, to_group: bool = False) -> None:
        with contextlib.suppress(ProcessLookupError):
            (os.killpg if to_group else os.kill)(self.pid, signal_number)


class Supervisor:
    """Starts the parts, restarts what dies (at once, then after 1, 2, 4… 60 seconds), stops all together."""

    def __init__(self, parts: list[Part], readiness: Readiness) -> None:
        self.parts, self.readiness = parts, readiness
        self.ready = False
        self.deadline = time.monotonic() + STARTING

    def run(self) -> int:
        signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
        for part in self.parts:
            part.start()
        while True:
            heard = signal.sigtimedwait(HEARD, self._patience())
            if heard and heard.si_signo != signal.SIGCHLD:
                click.echo("" if self.ready else "\nStopped before it was ready.")
                return self._stop(0)
            self._bury()
            if self._lost():
                return self._stop(1)
            self._raise_up()
            if not self.ready and self.readiness.is_true():
                self.ready = True
                self.readiness.announce()
                sys.stdout.flush()

    def _patience(self) -> float:
        if not self.ready:
            return 0.15
        waiting = [part.start_at - time.monotonic() for part in self.parts if part.start_at]
        return max(0.05, min([30.0, *waiting]))

    def _lost(self) -> bool:
        """Before it was ever ready, a web server that cannot start will not do better the next time."""
        if self.ready:
            return False
        essential = [part for part in self.parts if part.essential]
        if any(part.falls for part in essential):
            click.echo("The web server could not start: what it said stands above.", err=True)
            return True
        if time.monotonic() > self.deadline and self.readiness.demo:
            self.readiness.paths = ["/healthz"]  # the demo could not be filled, as it said; the server still serves
        elif time.monotonic() > self.deadline:
            click.echo(f"The web server did not answer within {STARTING:.0f} seconds.", err=True)
            return True
        return False

    def _bury(self) -> None:
        for part in self.parts:
            if not part.pid:
                continue
            pid, status = os.waitpid(part.pid, os.WNOHANG)
            if pid:
                part.send(signal.SIGKILL, to_group=True)  # whatever it left of its own
                part.pid = 0
                self._take_note(part, os.waitstatus_to_exitcode(status))

    def _take_note(self, part: Part, code: int) -> None:
        if part.once:
            if code:
                click.echo(f"{part.name}: ended with an error (exit {code}); it goes on at the next start.", err=True)
            return
        lived = time.monotonic() - part.born
        part.falls = 1 if lived > 60 else part.falls + 1
        delay = 0.0 if part.falls == 1 else min(60.0, 2.0 ** (part.falls - 2))
        part.start_at = time.monotonic() + delay
        how = f"by signal {-code}" if code < 0 else f"with exit {code}"
        again = "at once" if not delay else f"in {delay:.0f} s"
        if self.ready or not part.essential:
            click.echo(f"{part.name} ended {how} after {lived:.0f} s; it starts again {again}.", err=True)

    def _raise_up(self) -> None:
        for part in self.parts:
            if part.start_at and time.monotonic() >= part.start_at:
                part.start_at = 0.0
                part.start()

    def _stop(self, code: int) -> int:
        """Ask all at once, wait, then insist. A second Ctrl-C insists at once."""
        alive = [part for part in self.parts if part.pid]
        for part in alive:
            part.send(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while alive and time.monotonic() < until:
            heard = signal.sigtimedwait(HEARD, 0.2)
            if heard and heard.si_signo in (signal.SIGINT, signal.SIGTERM):
                break
            alive = [part for part in alive if not os.waitpid(part.pid, os.WNOHANG)[0]]
        for part in self.parts:
            if part.pid:
                part.send(signal.SIGKILL, to_group=True)
        for part in alive:
            os.waitpid(part.pid, 0)
        if self.ready:
            click.echo("Bouquet has stopped.")
        return code


def die_with_parent(parent: int) -> None:
    """Linux: be killed when the parent ends, also when it was killed itself. Elsewhere: nothing."""
    _prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(1)  # it ended before we had said so


def call_process(name: str) -> None:
    """The name that `top` and `ps -o comm` show: “bq web server”, “bq worker 1” (15 bytes at most)."""
    _prctl(15, name.encode()[:15])  # PR_SET_NAME


def _prctl(option: int, value: int | bytes) -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
