"""What `bouquet serve` runs in its children: the web server, the media door, workers, the filling of the demo."""

from __future__ import annotations

import os
from typing import Any

from django.db import connections

from bouquet.config.serve import die_with_parent

KILL_AFTER = 4  # seconds: readers that keep a connection open must not keep the server from stopping


def run_web(host: str, port: int, processes: int) -> None:
    """granian: pages, uploads and segments in each of its processes. Ends on SIGTERM."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from bouquet.config import asgi

    server = os.getpid()
    connections.close_all()  # granian forks, and a connection must not be shared

    def load() -> Any:
        die_with_parent(server)
        return asgi.application

    Granian(
        "bouquet.config.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=processes,
        log_level=LogLevels.warning,
        workers_kill_timeout=KILL_AFTER,
        respawn_failed_workers=True,
    ).serve(target_loader=load, wrap_loader=False)


def run_media(host: str, port: int) -> None:
    """The media door: films and pictures at a port of their own. Ends on SIGTERM, with what is under way."""
    import resource
    import signal
    import threading

    from bouquet.shared.assets.media_door.door import Door
    from bouquet.shared.assets.media_door.limits import Limits

    connections.close_all()
    limits = Limits()
    wanted = 2 * limits.connections + 100  # a connection and a file for each reader
    least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if least != resource.RLIM_INFINITY and least < wanted:
        enough = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (enough, most))
    threading.stack_size(512 * 1024)
    door = Door(host, port, limits)
    signal.signal(signal.SIGTERM, lambda *_: door.stop())
    door.run()


def run_worker() -> None:
    from bouquet.config.cli import main

    main(["worker"], standalone_mode=False)


def fill_demo() -> None:
    import click

    from bouquet.config.demo.fill import fill_demo

    fill_demo(click.echo)


def demo_accounts() -> str:
    """Who can be tried, for the screen."""
    from bouquet.config.demo.people import CAST, PASSWORD

    lines = [f"  {member.email:28} {member.name}" for member in CAST[:4]]
    return "\n".join([f"Demo accounts (password {PASSWORD}):", *lines, "Ctrl-C stops it."])
