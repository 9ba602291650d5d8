"""From files to rows: once, whatever is killed in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bouquet.shared.audience import loader
from bouquet.shared.audience.loader import load_spool
from bouquet.shared.audience.models import Dropped, LoadedFile, Play, Tally
from bouquet.shared.audience.spool import Spool, ready_files, seal
from bouquet.shared.audience.tests.make import make_play, parts
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "spool"


def put(folder: Path, hits: list[Any]) -> Path:
    spool = Spool(folder)
    for hit in hits:
        assert spool.write(hit.line())
    taken = spool.turn()
    assert taken is not None
    seal(*taken)
    return taken[1].with_suffix(".hits")


def totals() -> tuple[int, int, int, float]:
    tally = Tally.objects.get(subject=1, dimension=0)
    return tally.plays, tally.views, tally.visitors, tally.seconds


def test_killed_before_the_commit_nothing_has_happened(folder: Path, monkeypatch: Any) -> None:
    work = make_work()
    put(folder, make_play(work))
    with monkeypatch.context() as patch:
        patch.setattr(loader, "_note_drops", lambda drops: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            load_spool(folder)
    assert not Play.objects.exists() and not LoadedFile.objects.exists()
    assert load_spool(folder).hits == 2
    assert totals() == (1, 1, 1, 30)
    work.refresh_from_db()
    assert work.views == 1


def test_killed_after_the_commit_nothing_counts_twice(folder: Path, monkeypatch: Any) -> None:
    work = make_work()
    file = put(folder, make_play(work))
    content = file.read_bytes()
    load_spool(folder)
    assert not file.exists()
    file.write_bytes(content)  # as if it had never been removed
    assert load_spool(folder).hits == 0
    assert not file.exists()
    assert totals() == (1, 1, 1, 30)
    work.refresh_from_db()
    assert work.views == 1


def test_the_same_hits_in_another_file_change_nothing(folder: Path) -> None:
    work = make_work()
    for _ in range(3):
        put(folder, make_play(work, at=1_763_800_000.0))
    load_spool(folder)
    put(folder, make_play(work, at=1_763_800_000.0))
    load_spool(folder)
    assert totals() == (1, 1, 1, 30)


def test_a_line_that_was_torn_costs_itself_only(folder: Path) -> None:
    work = make_work()
    file = put(folder, make_play(work))
    with file.open("ab") as lines:
        lines.write(b'[1763800000.0,12,3,"half\n[1,2]\n{"drops": 7}\n\xff\xfe')
    load_spool(folder)
    assert totals() == (1, 1, 1, 30)
    assert dict(Dropped.objects.values_list("reason", "number")) == {"torn": 4}


def test_the_file_of_a_living_process_is_left_alone(folder: Path) -> None:
    spool = Spool(folder)
    for hit in make_play(make_work()):
        spool.write(hit.line())
    os.utime(next(folder.glob("*.part")), (time.time() - 60, time.time() - 60))
    assert ready_files(folder) == []
    taken = spool.turn()
    assert taken is not None
    seal(*taken)
    assert len(ready_files(folder)) == 1


WRITER = """
import sys, time
from pathlib import Path
import django; django.setup()
from bouquet.shared.audience.spool import Spool
spool = Spool(Path(sys.argv[1]))
for line in sys.stdin.buffer:
    spool.write(line)
    print("kept", flush=True)
time.sleep(60)
"""


def test_a_server_that_is_killed_loses_nothing_it_answered(folder: Path) -> None:
    hits = make_play(make_work())
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "bouquet.config.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    assert process.stdin and process.stdout
    for hit in hits:
        process.stdin.write(hit.line())
        process.stdin.flush()
        assert process.stdout.readline() == b"kept\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    part = next(folder.glob("*.part"))
    os.utime(part, (time.time() - 5, time.time() - 5))
    assert load_spool(folder).hits == 2
    assert totals() == (1, 1, 1, 30)


def test_two_loaders_do_not_load_at_once(folder: Path) -> None:
    put(folder, make_play(make_work()))
    with loader._alone(folder) as first:
        assert first
        assert load_spool(folder).files == 0
    assert load_spool(folder).files == 1


def test_a_play_in_pieces_and_out_of_order_is_one_play(folder: Path) -> None:
    work, at = make_work(), time.time() - 100
    whole = [make_play(work, at=at, seconds=seconds, parts=parts(0, seconds))[1] for seconds in (0, 15, 30, 45, 60)]
    put(folder, [whole[0], whole[3]])
    load_spool(folder)
    put(folder, [whole[1], whole[4], whole[2]])
    load_spool(folder)
    assert totals() == (1, 1, 1, 60)
