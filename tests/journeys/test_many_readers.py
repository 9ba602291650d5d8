"""A newsletter to five thousand addresses, over a real mail server's line, while its senders are killed."""

from __future__ import annotations

import os
import re
import signal
from collections import Counter
from pathlib import Path

import pytest

from bouquet.kinds.newsletters.tests.make import Post, post_office
from tests.journeys.conftest import RunningNetwork, a_network, wait_until

pytestmark = [pytest.mark.journey, pytest.mark.long]
READERS = 5_000
FOUND = """
from bouquet.kinds.articles.actions import add_article, add_section
from bouquet.kinds.newsletters.actions import add_newsletter, draft_issue, verify_issue
from bouquet.shared.accounts.actions import add_person
from bouquet.shared.network.actions import add_site
site = add_site(host="gazette.bouquet.localhost", name="La Gazette", kinds=["articles", "newsletters"], language="en")
section = add_section(site, "Culture")
for number in range(4):
    add_article(section, title=f"The ferry, part {number}", lead="It left before the sun, and nobody waited for it.",
        body=[("text", "<p>Eleven people and a piano were on board.</p>")])
letter = add_newsletter(site, "The Friday letter", number=4, most_of_one=4)
"""
VERIFIED = """
from bouquet.kinds.newsletters.actions import draft_issue, verify_issue
from bouquet.kinds.newsletters.models import Newsletter
from bouquet.shared.accounts.actions import add_person
ada = add_person("ada@gazette.example", name="Ada", password="bouquet-demo")
print("ISSUE", verify_issue(draft_issue(Newsletter.objects.get()), by=ada).uid)
"""
HOW = """
from bouquet.kinds.newsletters.models import Issue
issue = Issue.objects.get()
print("HOW", issue.state, *(f"{state}={number}" for state, number in sorted(issue.tally.items())))
"""


def test_five_thousand_readers_get_one_mail_each_though_the_sender_and_the_machine_die(tmp_path: Path) -> None:
    with (
        post_office() as post,
        a_network(tmp_path, BOUQUET_EMAIL_URL=f"smtp://127.0.0.1:{post.port}") as network,
    ):
        issue = _ready_issue(network, tmp_path)
        before = len(post.taken)  # Ada was told of the draft
        network.bouquet("newsletter", "send", issue)
        _wait_for(post, before + 1_500)
        os.kill(_who_sends(network, post), signal.SIGKILL)
        _wait_for(post, before + 3_000)
        network.kill()  # the power is cut: the server, its workers, whatever they were at
        assert len(post.taken) < before + READERS
        network.start()
        wait_until(lambda: " sent " in _how(network), 300, lambda: f"{len(post.taken)} taken; {_how(network)}")
        got = Counter(address for address in post.to() if address.endswith("@readers.example"))
        assert got == {f"reader{each}@readers.example": 1 for each in range(READERS)}
        counted = {name: int(number) for name, number in re.findall(r"(\w+)=(\d+)", _how(network))}
        assert counted.pop("sent") + counted.pop("unsure", 0) == READERS and not counted


def _ready_issue(network: RunningNetwork, folder: Path) -> str:
    """Readers come by the operator's door; the issue is verified by Ada."""
    network.bouquet("manage", "shell", "-v0", "-c", FOUND)
    table = folder / "readers.csv"
    table.write_text("email\n" + "".join(f"reader{each}@readers.example\n" for each in range(READERS)))
    said = network.bouquet("newsletter", "import", "the-friday-letter", str(table), "--proof", "The fair of 12 May")
    assert f"{READERS}\tadded" in said
    return network.bouquet("manage", "shell", "-v0", "-c", VERIFIED).split("ISSUE ")[1].strip()


def _wait_for(post: Post, number: int) -> None:
    wait_until(lambda: len(post.taken) >= number, 240, lambda: f"{len(post.taken)} taken")


def _how(network: RunningNetwork) -> str:
    return network.bouquet("manage", "shell", "-v0", "-c", HOW).split("HOW")[1] + " "


def _who_sends(network: RunningNetwork, post: Post) -> int:
    """The process at the other end of the mail server's line, which is none of the server's own."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    sockets = {f"socket:[{each[9]}]" for each in lines if each[2].endswith(f":{post.port:04X}") and each[3] == "01"}
    for process in (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()):
        try:
            held = {os.readlink(each) for each in Path(f"/proc/{process}/fd").iterdir()}
        except OSError:
            continue
        if held & sockets and process != os.getpid():
            assert network.process and process != network.process.pid
            return process
    raise AssertionError("nobody is sending")
