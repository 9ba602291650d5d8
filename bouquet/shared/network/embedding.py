"""On whose pages our films may stand: a rule of the network, of a site, of a work. Each may only narrow the one above.

Held by the browser (CSP `frame-ancestors`, https://www.w3.org/TR/CSP3/#directive-frame-ancestors); our own hosts are
always among those allowed. Where the browser says who frames, a refused page is answered with a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

HOST = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(:[0-9]{1,5})?")
MOST_HOSTS = 200
IN_FRAMES = {"iframe", "frame", "embed", "object", "fencedframe"}


def hosts_in(text: str) -> list[str]:
    """Host names, one a line or with commas or spaces between; https:// before and a path behind are dropped."""
    words = [re.sub(r"^https?://", "", word.lower()).split("/")[0] for word in re.split(r"[\s,;]+", text) if word]
    return list(dict.fromkeys(word for word in words if word))


def check_hosts(text: str) -> None:
    hosts = hosts_in(text)
    wrong = [host for host in hosts if not HOST.fullmatch(host)]
    if wrong:
        raise ValidationError(
            _("“%(host)s” is not a host name. Write names like www.example.org or *.example.org."),
            params={"host": wrong[0][:60]},
        )
    if len(hosts) > MOST_HOSTS:
        raise ValidationError(_("At most %(most)s host names."), params={"most": MOST_HOSTS})


class EmbedRule(models.Model):
    class Embeds(models.TextChoices):
        ABOVE = "", _("no rule of its own")
        ANYWHERE = "anywhere", _("anywhere")
        HOSTS = "hosts", _("only on these hosts")
        NOWHERE = "nowhere", _("nowhere but here")

    embeds = models.CharField(
        _("on other people's pages"), max_length=8, choices=Embeds.choices, default=Embeds.ABOVE, blank=True
    )
    embed_hosts = models.TextField(
        _("these hosts"),
        max_length=4000,
        blank=True,
        validators=[check_hosts],
        help_text=_("One a line: www.example.org, or *.example.org for all below it."),
    )

    class Meta:
        abstract = True

    @property
    def allowed_hosts(self) -> frozenset[str] | None:
        """None: all of them."""
        if self.embeds == self.Embeds.NOWHERE:
            return frozenset()
        return frozenset(hosts_in(self.embed_hosts)) if self.embeds == self.Embeds.HOSTS else None


@dataclass(frozen=True)
class Frames:
    """Who may frame: `hosts` of others (None: anybody), and our `own`."""

    hosts: frozenset[str] | None
    own: frozenset[str]

    @property
    def anywhere(self) -> bool:
        return self.hosts is None

    @property
    def nowhere(self) -> bool:
        return self.hosts is not None and not self.hosts

    @property
    def ancestors(self) -> str:
        if self.hosts is None:
            return "*"
        return " ".join(["'self'", *sorted(self.own), *sorted(self.hosts)])

    def refuses(self, request: HttpRequest) -> bool:
        """Whether the browser says that the page around is none of those. A silent one still holds the policy."""
        if self.hosts is None or request.headers.get("sec-fetch-dest") not in IN_FRAMES:
            return False
        try:
            around = urlsplit(request.headers.get("referer", "")).netloc.lower()
        except ValueError:
            return False
        return bool(around) and not any(covers(host, around) for host in self.own | self.hosts)


def frames_of(own: list[str], *rules: Any) -> Frames:
    """`rules` from the widest to the narrowest: network, site, work."""
    hosts: frozenset[str] | None = None
    for rule in rules:
        hosts = narrowed(hosts, rule.allowed_hosts)
    return Frames(hosts, frozenset(own))


def narrowed(above: frozenset[str] | None, below: frozenset[str] | None) -> frozenset[str] | None:
    if above is None or below is None:
        return above if below is None else below
    inside = {host for host in below if any(covers(wide, host) for wide in above)}
    return frozenset(inside | {host for host in above if any(covers(wide, host) for wide in below)})


def covers(pattern: str, host: str) -> bool:
    """As frame-ancestors reads it: *.example.org is all below it, not itself; no port is that of the web."""
    name, port = pattern.partition(":")[::2]
    other, other_port = host.partition(":")[::2]
    if port != other_port:
        return False
    return other.endswith(name[1:]) if name.startswith("*.") else other == name
