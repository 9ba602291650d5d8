"""Small films to walk with: made in a moment, encoded in a moment; and what a player says of one."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from playwright.sync_api import Frame, Page, expect

from tests.journeys.conftest import RunningNetwork
from tests.journeys.people import VIDEO

FILM = "document.querySelector('.player video')"
SEND = """
from django.core.files.uploadedfile import SimpleUploadedFile
from bouquet.kinds.videos.actions import add_video, take_whole_file
from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.actions import keep_captions, read_captions
from bouquet.shared.network.models import Site
person, site = Person.objects.get(email={email!r}), Site.objects.get(host={host!r})
for title, category in {titles!r}:
    film = SimpleUploadedFile("clip.mp4", open({clip!r}, "rb").read())
    words = {{"title": title, "category": category, "language": "en"}}
    video, upload = add_video(person=person, site=site, size=film.size, filename=film.name, **words)
    if {said!r}:
        keep_captions(video.asset, read_captions({said!r}), language="en", by=person)
    take_whole_file(upload, film)
    print(video.uid)
"""


def make_clip(file: Path, seconds: int, *, kilobits: int = 200) -> Path:
    """A test card with a tone, a picture to cut at every second."""
    from bouquet.shared.assets.ffmpeg import ffmpeg_path

    card = f"testsrc2=size=320x180:rate=25:duration={seconds}"
    picture = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-b:v", f"{kilobits}k"]
    if kilobits > 1000:  # as heavy as it says, whatever it shows
        picture += [
            "-minrate",
            f"{kilobits}k",
            "-maxrate",
            f"{kilobits}k",
            "-bufsize",
            f"{kilobits}k",
            "-nal-hrd",
            "cbr",
        ]
    tone = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"]
    command = [ffmpeg_path(), "-v", "error", "-y", "-f", "lavfi", "-i", card, *tone, *picture, "-c:a", "aac", file]
    subprocess.run(command, check=True)
    return file


def send_films(
    network: RunningNetwork, email: str, clip: Path, *titles: tuple[str, str], captions: str = ""
) -> list[str]:
    """The paths of films of this person, sent at once: (title, category) each; the same WebVTT for all."""
    code = SEND.format(clip=str(clip), host=VIDEO, email=email, titles=list(titles), said=captions)
    said = network.bouquet("manage", "shell", "-v0", "-c", code)
    return [f"/videos/{uid}/" for uid in said.split()[-len(titles) :]]


def reach(page: Page | Frame, seconds: float, within: float = 30) -> None:
    """Asked again and again: Playwright's own waiting needs eval, which the content policy forbids."""
    until = time.monotonic() + within
    while (played := page.evaluate(f"{FILM}.currentTime")) < seconds:
        assert time.monotonic() < until, f"at {played} s"
        (page.page if isinstance(page, Frame) else page).wait_for_timeout(50)


def plays_to_its_end(page: Page, seconds: float) -> None:
    """From where it stands to an end at about this moment."""
    page.locator(".player__begin").click()
    expect(page.locator(".player--ended")).to_be_visible()
    end = page.evaluate(f"{FILM}.currentTime")
    assert abs(end - seconds) < 0.5, f"it ended at {end:.2f} s"
