"""A maker's shelf: everything one person sent, narrowed by how far it is, who may see it, where it is and its title.

The index `works_of_author` gives it in its order; what narrows it further is asked of that one person's rows only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.videos.models import Video
from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.permissions import old_enough
from bouquet.shared.assets.models import Asset
from bouquet.shared.network.models import Site

NEWEST = ("-created_at", "-pk")
AT_ONCE = 100  # films that one batch may name

# How far a film is, as its maker would say it; each a condition on the rows.
STATES: dict[str, tuple[Any, Q]] = {
    "sending": (_("Still being sent"), Q(asset__state__in=[Asset.State.WAITING, Asset.State.UPLOADING])),
    "preparing": (_("Being prepared"), Q(asset__state=Asset.State.PROCESSING, asset__playable_at=None)),
    "playable": (
        _("Can be watched; still being completed"),
        Q(asset__state=Asset.State.PROCESSING, asset__playable_at__isnull=False),
    ),
    "ready": (_("Ready"), Q(asset__state=Asset.State.READY)),
    "failed": (_("Could not be prepared"), Q(asset__state=Asset.State.FAILED)),
    "scheduled": (_("Scheduled"), Q(state=Video.State.SCHEDULED)),
    "hidden": (_("Hidden"), Q(state=Video.State.HIDDEN)),
    "down": (_("Taken down"), Q(state=Video.State.TAKEN_DOWN)),
}


@dataclass(frozen=True)
class Narrowing:
    """What a maker asked to see of their films. Unknown words in an address narrow nothing."""

    state: str = ""
    visibility: str = ""
    site: str = ""  # a slug
    words: str = ""

    @classmethod
    def read(cls, asked: Any) -> Self:
        """From a query string or a form: `asked` has `get`."""
        state, visibility = asked.get("state", ""), asked.get("visibility", "")
        return cls(
            state=state if state in STATES else "",
            visibility=visibility if visibility in Video.Visibility.values else "",
            site=asked.get("site", "").replace("\x00", "")[:120],
            words=asked.get("q", "").replace("\x00", "").strip()[:100],
        )

    def __bool__(self) -> bool:
        return bool(self.state or self.visibility or self.site or self.words)

    @property
    def query(self) -> str:
        given = {"state": self.state, "visibility": self.visibility, "site": self.site, "q": self.words}
        return urlencode({name: value for name, value in given.items() if value})

    def narrow(self, videos: QuerySet[Video]) -> QuerySet[Video]:
        if self.state:
            videos = videos.filter(STATES[self.state][1])
        if self.visibility:
            videos = videos.filter(visibility=self.visibility)
        if self.site:
            videos = videos.filter(site__slug=self.site)
        return videos.filter(title__icontains=self.words) if self.words else videos


def videos_of(person: Person) -> QuerySet[Video]:
    """With everything that a line of the studio shows."""
    videos = Video.objects.filter(author=person).select_related("asset", "asset__upload", "site", "poster")
    return videos.prefetch_related("asset__renditions", "asset__steps")


def chosen_of(person: Person, uids: Iterable[str]) -> list[Video]:
    """Those of the named films that are this person's and still there, newest first; of at most AT_ONCE names."""
    named = [uid for uid in list(uids)[:AT_ONCE] if uid.isascii() and uid.isalnum()]
    return list(videos_of(person).filter(uid__in=named).order_by(*NEWEST))


def sites_for(person: Person) -> list[Site]:
    """Where this person may publish films: open sites that take videos and whose minimum age they have."""
    return [site for site in Site.objects.open().in_order() if site.has_kind("videos") and old_enough(person, site)]
