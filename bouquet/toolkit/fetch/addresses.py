"""Which machines may be asked. A name is resolved here, every address it has is looked at, and one of those is used.

The connection is then made to that very address: a name whose owner changes it between the look and the connection
(DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from bouquet.toolkit.fetch.refusals import AddressRefused, Unreachable

PORTS = {"http": 80, "https": 443}
LONGEST = 2000  # characters of an address
# What Python's own tables call global, or call nothing, and no stranger's film lives on.
NEVER = [
    ip_network(each)
    for each in (
        "100.64.0.0/10",  # shared by customers of a carrier (RFC 6598); one cloud's metadata
        "168.63.129.16/32",  # a cloud's own service, at a public number
        "192.0.0.0/24",  # protocol assignments (RFC 6890); another cloud's metadata
        "192.88.99.0/24",  # 6to4 relays
        "::/96",  # IPv4-compatible, and IPv6's "nowhere" and "myself"
        "::ffff:0:0/96",  # IPv4-mapped: the same machine by another spelling
        "64:ff9b:1::/48",  # NAT64 of a local network (RFC 8215)
        "100::/64",  # discarded
        "2001::/23",  # Teredo, ORCHID and other assignments
        "2002::/16",  # 6to4: an IPv4 address inside
        "fec0::/10",  # site-local, long withdrawn, still routed here and there
        "fc00::/7",  # unique local
    )
]
NAT64 = ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Target:
    """An address taken apart once, so that what is checked and what is asked cannot differ."""

    scheme: str
    host: str  # without brackets
    port: int
    path: str  # with its query

    @property
    def authority(self) -> str:
        """As the Host header wants it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def target_of(address: str, *, base: str = "") -> Target:
    """Take an address apart, or refuse it with a sentence. Asks nobody."""
    address = address.strip()
    if len(address) > LONGEST or any(ord(each) < 33 or ord(each) == 127 for each in address):
        raise AddressRefused(_("This is not a web address: it is too long or has characters that none has."))
    try:
        parts = parse_url(urljoin(base, address) if base else address)
    except (LocationParseError, ValueError):
        raise AddressRefused(_("This is not a web address.")) from None
    if parts.scheme not in PORTS:
        raise AddressRefused(_("Only addresses that begin with http:// or https:// are fetched."))
    if not parts.host:
        raise AddressRefused(_("This address names no host."))
    if parts.auth:
        raise AddressRefused(_("An address with a name or password in it is not fetched."))
    host = parts.host.strip("[]").rstrip(".").lower()
    port = parts.port or PORTS[parts.scheme]
    target = Target(parts.scheme, host, port, parts.request_uri)
    if port not in PORTS.values() and port < 1024 and not _may_be_private(target):
        raise AddressRefused(_("Port %(port)s is not one where web pages are served.") % {"port": port})
    return target


def machines_of(target: Target) -> list[str]:
    """The numeric addresses behind the name, all of them public. Raises AddressRefused if one of them is not."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        raise Unreachable(_("There is no host called “%(host)s”.") % {"host": target.host}) from None
    numbers = list(dict.fromkeys(str(info[4][0]) for info in found))
    if not _may_be_private(target):
        for number in numbers:
            if not is_public(ip_address(number)):
                raise AddressRefused(
                    _("“%(host)s” leads to a private or local network, which is not fetched from.")
                    % {"host": target.host}
                )
    return numbers


def is_public(number: IPv4Address | IPv6Address) -> bool:
    """Whether this is a machine of the open internet: none of ours, of our neighbours, of our cloud's inside."""
    if isinstance(number, IPv6Address) and number in NAT64:  # how an IPv6-only machine reaches IPv4 (RFC 6052)
        return is_public(IPv4Address(int(number) & 0xFFFFFFFF))
    if any(number in network for network in NEVER if network.version == number.version):
        return False
    return number.is_global and not (
        number.is_private
        or number.is_loopback
        or number.is_link_local
        or number.is_multicast
        or number.is_reserved
        or number.is_unspecified
    )


def _may_be_private(target: Target) -> bool:
    """The operator's exceptions, by name or name:port."""
    return bool({target.host, f"{target.host}:{target.port}"} & set(settings.FETCH_PRIVATE_HOSTS))
