"""From another app, only its doors are imported: nouns, verbs, news. import-linter holds the floors, this the doors."""

from __future__ import annotations

import subprocess
import sys

import grimp
import pytest

from tests.architecture.floors import ROOT, app_of

DOORS = {"models", "actions", "events", "permissions", "notices", "kinds"}
# Further doors, each with its reason.
MORE = {
    # every app joins the registry of what is held about people; its pages join the menu of one's account
    "bouquet.shared.accounts": {"personal_data", "rooms"},
    # may this viewer have this work; and the signed address of what may be played
    "bouquet.shared.access": {"decide", "streams"},
    # the rule of who may frame is part of a kind's rows, and their migrations name its check; and the server of bytes
    # asks where a reader is by the rule that pages follow
    "bouquet.shared.network": {"embedding", "territory"},
    # works as RSS: a kind's own feeds say of a work what every feed says
    "bouquet.shared.works": {"syndication"},
    # editors choose a work by searching for it, in a kind's own blocks, too; and a kind's pages leave by the same way
    # as front pages when a site moves
    "bouquet.shared.fronts": {"work_chooser", "carrying"},
}
# Two rooms that were built as one: (who, what), and why.
PASSAGES = {
    # the crossing signs somebody in on another host: it is accounts' hand, but only network knows the hosts
    ("bouquet.shared.network.crossing", "bouquet.shared.accounts.cookies"),
    ("bouquet.shared.network.crossing_views", "bouquet.shared.accounts.cookies"),
    ("bouquet.shared.network.crossing_middleware", "bouquet.shared.accounts.cookies"),
    ("bouquet.shared.network.crossing_middleware", "bouquet.shared.accounts.visitor"),
    ("bouquet.shared.network.crossing_middleware", "bouquet.shared.accounts.middleware"),
    # the address that access signs is the address that delivery checks, in a server that loads no models
    ("bouquet.shared.access.streams", "bouquet.shared.assets.delivery.addresses"),
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("bouquet", cache_dir=None)


def test_other_apps_are_entered_by_their_doors(graph: grimp.ImportGraph) -> None:
    trespasses = []
    for module in sorted(graph.modules):
        # tests and benches are instruments: they look where they need to
        if app_of(module) is None or ".tests" in module or ".bench" in module:
            continue
        for target in sorted(graph.find_modules_directly_imported_by(module)):
            other = app_of(target)
            if other is None or other == app_of(module) or target == other or (module, target) in PASSAGES:
                continue
            if target.removeprefix(f"{other}.").split(".")[0] not in DOORS | MORE.get(other, set()):
                trespasses.append(f"{module} imports {target}")
    assert not trespasses


def test_no_passage_is_left_open_that_nobody_uses(graph: grimp.ImportGraph) -> None:
    used = {(a, b) for a, b in PASSAGES if a in graph.modules and b in graph.find_modules_directly_imported_by(a)}
    assert used == PASSAGES


def test_the_roof_and_the_ground_are_not_entered_from_the_middle(graph: grimp.ImportGraph) -> None:
    """Nothing but config itself reads config (settings come from django.conf)."""
    wrong = [
        f"{module} imports {target}"
        for module in graph.modules
        if not module.startswith("bouquet.config") and ".tests" not in module
        for target in graph.find_modules_directly_imported_by(module)
        if target.startswith("bouquet.config")
    ]
    assert not wrong


def test_the_floors_hold() -> None:
    """The contracts of pyproject.toml."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
