"""Players of others that an article may show: by name only, and never before the reader asks for it.

Nothing of theirs is fetched with the page: a reader's address would be given away unasked (ePrivacy, art. 82 of the
French law of 1978). The page shows who it is and a button; the button puts the frame in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

NAME = re.compile(r"[A-Za-z0-9_-]{5,40}")


@dataclass(frozen=True)
class OutsidePlayer:
    by: str  # whose it is
    frame: str  # the address of the frame
    address: str  # of the film's own page

    @property
    def origin(self) -> str:
        parts = urlsplit(self.frame)
        return f"{parts.scheme}://{parts.netloc}"


def outside_player(address: str) -> OutsidePlayer | None:
    """None for what is no film of somebody on the list."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme not in ("https", "http"):
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    steps = [step for step in parts.path.split("/") if step]
    found = _on(host, steps, parts.query)
    if found is None:
        return None
    by, frame, own, name = found
    return OutsidePlayer(by, frame + name, own + name) if NAME.fullmatch(name) else None


def _on(host: str, steps: list[str], query: str) -> tuple[str, str, str, str] | None:
    """Whose, the beginnings of both addresses, and the film's name."""
    last = steps[-1] if steps else ""
    match host:
        case "youtube.com" | "youtube-nocookie.com":
            name = last if steps[:1] in (["embed"], ["shorts"], ["live"]) else parse_qs(query).get("v", [""])[0]
            return ("YouTube", "https://www.youtube-nocookie.com/embed/", "https://www.youtube.com/watch?v=", name)
        case "youtu.be":
            return ("YouTube", "https://www.youtube-nocookie.com/embed/", "https://www.youtube.com/watch?v=", last)
        case "vimeo.com" | "player.vimeo.com" if last.isdigit():
            return ("Vimeo", "https://player.vimeo.com/video/", "https://vimeo.com/", last)
        case "dailymotion.com" if "video" in steps:
            return (
                "Dailymotion",
                "https://geo.dailymotion.com/player.html?video=",
                "https://www.dailymotion.com/video/",
                last,
            )
        case "dai.ly":
            return (
                "Dailymotion",
                "https://geo.dailymotion.com/player.html?video=",
                "https://www.dailymotion.com/video/",
                last,
            )
        case "framatube.org" if steps[:1] == ["w"] or steps[:2] in (["videos", "watch"], ["videos", "embed"]):
            return ("Framatube", "https://framatube.org/videos/embed/", "https://framatube.org/w/", last)
    return None
