"""What of others an article may show: by name only, and never before the reader asks for it.

Nothing of theirs is fetched with the page: a reader's address would be given away unasked (ePrivacy, art. 82 of the
French law of 1978). The page shows who it is and a button; the button puts the frame in. Nothing is asked of them when
an article is written either: the frame's address follows from the address by a rule. BOUQUET_EMBEDS says which of them
the network lets in; what everybody may run for themselves (Mastodon, PeerTube) is let in by its host.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from django.conf import settings

USUAL = (  # what the word "usual" stands for
    *("youtube", "vimeo", "dailymotion", "peertube:framatube.org", "soundcloud", "spotify", "deezer", "bluesky"),
    *("mastodon:mastodon.social", "mastodon:piaille.fr"),
)
NAME = re.compile(r"[A-Za-z0-9_-]{5,40}")
Found = tuple[str, str] | None  # the address of the frame, and of its own page


@dataclass(frozen=True)
class Provider:
    name: str
    shape: str  # film, sound or post: how much room its frame takes
    hosts: tuple[str, ...]  # none: the operator names them
    find: Callable[[str, list[str], str], Found]  # of the host, the steps of the path and the query


@dataclass(frozen=True)
class OutsidePlayer:
    by: str  # whose it is
    frame: str  # the address of the frame
    address: str  # of its own page
    shape: str = "film"

    @property
    def origin(self) -> str:
        parts = urlsplit(self.frame)
        return f"{parts.scheme}://{parts.netloc}"


def outside_player(address: str) -> OutsidePlayer | None:
    """None for what is nothing of somebody on the list."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    if parts.scheme not in ("https", "http"):
        return None
    steps = [step for step in parts.path.split("/") if step]
    for provider, hosts in _let_in():
        if host in hosts and (found := provider.find(host, steps, parts.query)):
            return OutsidePlayer(_called(provider, host), *found, provider.shape)
    return None


def names_let_in() -> str:
    """As the desk says them: YouTube, Vimeo, Mastodon (piaille.fr)…"""
    own = [provider.name for provider, _hosts in _let_in() if provider.hosts]
    by_host = [f"{provider.name} ({', '.join(hosts)})" for provider, hosts in _let_in() if not provider.hosts]
    return ", ".join([*own, *by_host])


def unknown_names() -> list[str]:
    """In the operator's list, what is no provider, or one that needs a host."""
    return [
        word
        for word in _asked()
        if (known := PROVIDERS.get(word.partition(":")[0])) is None or bool(known.hosts) == (":" in word)
    ]


def _asked() -> list[str]:
    return [name for word in settings.EMBEDS for name in (USUAL if word == "usual" else (word,))]


def _let_in() -> list[tuple[Provider, tuple[str, ...]]]:
    """As the operator has it: `youtube`, `mastodon:piaille.fr`."""
    found: dict[str, list[str]] = {}
    for word in _asked():
        name, _colon, host = word.partition(":")
        if word not in unknown_names():
            found.setdefault(name, []).extend([host] if host else [])
    return [(PROVIDERS[name], PROVIDERS[name].hosts or tuple(hosts)) for name, hosts in found.items()]


def _called(provider: Provider, host: str) -> str:
    return provider.name if provider.hosts else host


def _youtube(host: str, steps: list[str], query: str) -> Found:
    if host == "youtu.be" or steps[:1] in (["embed"], ["shorts"], ["live"]):
        name = steps[-1] if steps else ""
    else:
        name = parse_qs(query).get("v", [""])[0]
    return _named(name, "https://www.youtube-nocookie.com/embed/{}", "https://www.youtube.com/watch?v={}")


def _vimeo(host: str, steps: list[str], query: str) -> Found:
    name = steps[-1] if steps and steps[-1].isdigit() else ""
    return _named(name, "https://player.vimeo.com/video/{}", "https://vimeo.com/{}")


def _dailymotion(host: str, steps: list[str], query: str) -> Found:
    name = steps[-1] if steps and (host == "dai.ly" or "video" in steps) else ""
    return _named(name, "https://geo.dailymotion.com/player.html?video={}", "https://www.dailymotion.com/video/{}")


def _peertube(host: str, steps: list[str], query: str) -> Found:
    if steps[:1] != ["w"] and steps[:2] not in (["videos", "watch"], ["videos", "embed"]):
        return None
    return _named(steps[-1], f"https://{host}/videos/embed/{{}}", f"https://{host}/w/{{}}")


def _soundcloud(host: str, steps: list[str], query: str) -> Found:
    """https://developers.soundcloud.com/docs/api/html5-widget: it takes the address of the page itself."""
    words = [step for step in steps if re.fullmatch(r"[a-z0-9_-]{1,100}", step)]
    if len(steps) not in (2, 3) or words != steps:
        return None
    own = f"https://soundcloud.com/{'/'.join(steps)}"
    return f"https://w.soundcloud.com/player/?url={quote(own, safe='')}&visual=false", own


def _spotify(host: str, steps: list[str], query: str) -> Found:
    steps = [step for step in steps if not step.startswith("intl-") and step != "embed"]
    if len(steps) != 2 or steps[0] not in ("track", "album", "playlist", "episode", "show", "artist"):
        return None
    path = f"{steps[0]}/{{}}"
    return _named(steps[1], f"https://open.spotify.com/embed/{path}", f"https://open.spotify.com/{path}")


def _deezer(host: str, steps: list[str], query: str) -> Found:
    steps = steps[1:] if steps and len(steps[0]) == 2 else steps
    if len(steps) != 2 or steps[0] not in ("track", "album", "playlist", "episode", "show") or not steps[1].isdigit():
        return None
    path = "/".join(steps)
    return f"https://widget.deezer.com/widget/auto/{path}", f"https://www.deezer.com/{path}"


def _bluesky(host: str, steps: list[str], query: str) -> Found:
    """https://bsky.app/profile/<handle or did>/post/<key>"""
    if len(steps) != 4 or (steps[0], steps[2]) != ("profile", "post"):
        return None
    who, key = steps[1], steps[3]
    if not re.fullmatch(r"[a-zA-Z0-9.:_-]{3,253}", who) or not re.fullmatch(r"[a-z0-9]{8,20}", key):
        return None
    return f"https://embed.bsky.app/embed/{who}/app.bsky.feed.post/{key}", f"https://bsky.app/profile/{who}/post/{key}"


def _mastodon(host: str, steps: list[str], query: str) -> Found:
    """https://<instance>/@<name>/<number>"""
    if len(steps) not in (2, 3) or not re.fullmatch(r"@[A-Za-z0-9_.-]{1,100}", steps[0]) or not steps[1].isdigit():
        return None
    own = f"https://{host}/{steps[0]}/{steps[1]}"
    return f"{own}/embed", own


def _tiktok(host: str, steps: list[str], query: str) -> Found:
    if len(steps) != 3 or steps[1] != "video" or not steps[2].isdigit() or not re.fullmatch(r"@[\w.]{1,40}", steps[0]):
        return None
    return f"https://www.tiktok.com/embed/v2/{steps[2]}", f"https://www.tiktok.com/{'/'.join(steps)}"


def _instagram(host: str, steps: list[str], query: str) -> Found:
    if steps[:1] not in (["p"], ["reel"]) or len(steps) != 2:
        return None
    own = f"https://www.instagram.com/{steps[0]}/{{}}/"
    return _named(steps[1], f"{own}embed", own)


def _named(name: str, frame: str, own: str) -> Found:
    return (frame.format(name), own.format(name)) if NAME.fullmatch(name) else None


PROVIDERS = {
    "youtube": Provider("YouTube", "film", ("youtube.com", "youtube-nocookie.com", "youtu.be"), _youtube),
    "vimeo": Provider("Vimeo", "film", ("vimeo.com", "player.vimeo.com"), _vimeo),
    "dailymotion": Provider("Dailymotion", "film", ("dailymotion.com", "dai.ly"), _dailymotion),
    "peertube": Provider("PeerTube", "film", (), _peertube),
    "soundcloud": Provider("SoundCloud", "sound", ("soundcloud.com",), _soundcloud),
    "spotify": Provider("Spotify", "sound", ("open.spotify.com",), _spotify),
    "deezer": Provider("Deezer", "sound", ("deezer.com",), _deezer),
    "bluesky": Provider("Bluesky", "post", ("bsky.app",), _bluesky),
    "mastodon": Provider("Mastodon", "post", (), _mastodon),
    "tiktok": Provider("TikTok", "post", ("tiktok.com",), _tiktok),
    "instagram": Provider("Instagram", "post", ("instagram.com",), _instagram),
}
