"""`bouquet bench wordpress`: how fast a large WordPress export comes in, whether a kill in the middle costs anything.

The file is written here: sections, authors, themes, comments in threads, names that come twice, dates that are none,
short codes, and now and then a picture on a private address, which is refused. No picture is fetched: how fast those
come is the old place's to say.
"""

from __future__ import annotations

import csv
import io
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import click

from bouquet.kinds.articles.bench.content import WORDS
from bouquet.toolkit.testing.migrated import lay_migrated_database

HOST = "moving.bouquet.localhost"
OLD = "https://old.example"
SECTIONS, AUTHORS, THEMES = 40, 60, 400
FIRST = datetime(2004, 1, 5, 6, tzinfo=UTC)
HEAD = f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Old</title><link>{OLD}</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>{OLD}</wp:base_blog_url>
"""
SAID = re.compile(r"(\d+) here, (\d+) to come")


@dataclass
class Run:
    seconds: float
    cpu: float
    memory: int  # bytes, at most
    steps: list[tuple[float, float, int]]  # (seconds since it began, of a processor, posts that are here)


def write_wxr(path: Path, posts: int) -> None:
    chance = random.Random(11)  # noqa: S311 (the same file in every run)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(AUTHORS):
            file.write(
                f"<wp:author><wp:author_login>a{number}</wp:author_login>"
                f"<wp:author_display_name>{_words(chance, 2)} {number}</wp:author_display_name></wp:author>\n"
            )
        for number in range(1, posts + 1):
            file.write(_post(number, chance))
        file.write("</channel></rss>\n")


def _post(number: int, chance: random.Random) -> str:
    when = (FIRST + timedelta(hours=3 * number)).strftime("%Y-%m-%d %H:%M:%S")
    slug = f"{WORDS[number % 7]}-{WORDS[number % 5]}" if number % 10 == 0 else f"post-{number}"
    section, author, themes = number % SECTIONS, number % AUTHORS, {number % THEMES, chance.randrange(THEMES)}
    tags = "".join(
        f'<category domain="post_tag" nicename="t{theme}"><![CDATA[Theme {theme}]]></category>' for theme in themes
    )
    comments = "".join(_comment(number * 10 + each, each, when, chance) for each in range(number % 4))
    return f"""<item><title><![CDATA[{_words(chance, 7)}]]></title><link>{OLD}/{number}/{slug}/</link>
<dc:creator>a{author}</dc:creator><content:encoded><![CDATA[{_text(number, chance)}]]></content:encoded>
<excerpt:encoded><![CDATA[{_words(chance, 25)}.]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date_gmt>{"0000-00-00 00:00:00" if number % 997 == 0 else when}</wp:post_date_gmt>
<wp:post_name>{slug}</wp:post_name><wp:status>{"draft" if number % 101 == 0 else "publish"}</wp:status>
<wp:post_type>post</wp:post_type>{tags}{comments}
<category domain="category" nicename="s{section}"><![CDATA[Section {section}]]></category></item>
"""


def _comment(number: int, place: int, when: str, chance: random.Random) -> str:
    return f"""<wp:comment><wp:comment_id>{number}</wp:comment_id>
<wp:comment_author>{_words(chance, 2)}</wp:comment_author><wp:comment_date_gmt>{when}</wp:comment_date_gmt>
<wp:comment_content>{_words(chance, 30)}</wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_parent>{number - 1 if place else 0}</wp:comment_parent></wp:comment>"""


def _text(number: int, chance: random.Random) -> str:
    pieces = [f"<p>{_words(chance, 60)}, <em>{_words(chance, 4)}</em>.</p>" for _each in range(3 + number % 4)]
    if number % 6 == 0:
        pieces.insert(1, f"<h2>{_words(chance, 4)}</h2>")
    if number % 9 == 0:
        pieces.append(f"<blockquote><p>{_words(chance, 15)}</p><cite>{_words(chance, 2)}</cite></blockquote>")
    if number % 15 == 0:
        pieces.append("[embed]https://youtu.be/aqz-KE-bpKQ[/embed]")
    if number % 50 == 0:
        pieces.append(f'<img src="http://127.0.0.1/{number}.jpg" alt="">')
    return "\n".join(pieces)


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(WORDS) for _each in range(count)).capitalize()


# ── The run ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@click.command("wordpress")
@click.option("--posts", default=2000, show_default=True)
@click.option("--kill-at", default=1000, show_default=True, help="SIGKILL when so many are here, then resume; 0: none.")
@click.option("--keep", type=click.Path(path_type=Path), help="Into this folder, which stays, to look at it.")
def wordpress(posts: int, kill_at: int, keep: Path | None) -> None:
    """Takes a WordPress export of so many posts into a network of its own, with a kill in the middle."""
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bouquet-bench-wordpress-")))
        lay_migrated_database(folder / "data")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("BOUQUET_", "PORT"))}
        environment = kept | {"BOUQUET_DATA": str(folder / "data"), "BOUQUET_HOST": "bouquet.localhost"}
        for arguments in (
            ("site", "add", "bouquet.localhost", "--name", "Network", "--main"),
            ("site", "add", HOST, "--name", "Moving", "--kinds", "articles", "--language", "en"),
        ):
            subprocess.run([*_BOUQUET, *arguments], env=environment, check=True)
        write_wxr(folder / "export.xml", posts)
        size = (folder / "export.xml").stat().st_size
        click.echo(f"{posts:,} posts, {size / 1e6:.0f} MB", err=True)
        first = ["article", "import", "wxr", str(folder / "export.xml"), "--site", HOST]
        runs = [_run(first, environment, until=kill_at or None)]
        uid = _said(["list"], environment).split("\t")[0]
        if kill_at:
            runs.append(_run(["article", "import", "resume", uid], environment))
        for run in runs:
            _tell(run)
        _tell_what_came(_said(["show", uid, "--csv"], environment))


_BOUQUET = [sys.executable, "-m", "bouquet.config.cli"]


def _said(arguments: list[str], environment: dict[str, str]) -> str:
    command = [*_BOUQUET, "article", "import", *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def _run(arguments: list[str], environment: dict[str, str], *, until: int | None = None) -> Run:
    """Until its end, or until so many posts are here: then it is killed."""
    started, steps = time.monotonic(), []
    process = subprocess.Popen(
        [*_BOUQUET, *arguments], env=environment, stderr=subprocess.PIPE, stdout=sys.stderr, text=True
    )
    for line in process.stderr or ():
        if found := SAID.search(line):
            steps.append((time.monotonic() - started, _cpu_of(process.pid), int(found[1])))
            if until is not None and int(found[1]) >= until:
                process.send_signal(signal.SIGKILL)
                break
        else:
            click.echo(line, err=True, nl=False)
    _pid, _status, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return Run(time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, steps)


def _cpu_of(pid: int) -> float:
    """Seconds. Of the process itself: it has no children. 0 where /proc is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _tell(run: Run) -> None:
    """Each fifth of it by itself: what is quadratic shows."""
    click.echo(f"{run.seconds:,.0f} s, {run.cpu:,.0f} s of a processor, {run.memory / 1e6:,.0f} MB at most")
    edges = [run.steps[len(run.steps) * part // 5] for part in range(5)] + run.steps[-1:] if run.steps else []
    for (begin, before, had), (end, after, have) in pairwise(edges):
        if end > begin and have > had:
            click.echo(
                f"  {had:7,} to {have:7,}: {(have - had) / (end - begin):6.1f} posts a second, "
                f"{(after - before) / (have - had) * 1000:5.1f} ms of a processor for each"
            )


def _tell_what_came(table: str) -> None:
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    places = [row["new page"] for row in rows if row["new page"]]
    click.echo(f"{len(rows):,} posts: {dict(Counter(row['state'] for row in rows))}")
    click.echo(f"  {len({row['old page'] for row in rows}):,} old pages, {len(set(places)):,} new ones")
    for words in ("Its date cannot be read", "Its short name was taken", "Picture missing"):
        click.echo(f"  {words}: {sum(words in row['to complete'] for row in rows):,}")
