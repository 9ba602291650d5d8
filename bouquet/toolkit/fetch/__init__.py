"""Fetching addresses that strangers gave: a feed, a picture, a film. docs/decisions/0060 says why it is as it is.

Nouns:  Answer, Download. Refusals: FetchError (its `reason` is a sentence; `passing` says that later it may work)
Verbs:  opened(address) as a context, read(address), measure(address), download(address, path)

Only http and https, only public addresses, looked at again at every redirect; the connection goes to the very address
that was looked at. Size, time and redirects have limits. BOUQUET_FETCH_PRIVATE_HOSTS names hosts that may be private.
"""

from bouquet.toolkit.fetch.answer import Answer, opened
from bouquet.toolkit.fetch.body import measure, read
from bouquet.toolkit.fetch.download import Download, download, forget
from bouquet.toolkit.fetch.refusals import (
    AddressRefused,
    BadAnswer,
    FetchError,
    TooLarge,
    TooSlow,
    Unreachable,
)

__all__ = [
    "AddressRefused",
    "Answer",
    "BadAnswer",
    "Download",
    "FetchError",
    "TooLarge",
    "TooSlow",
    "Unreachable",
    "download",
    "forget",
    "measure",
    "opened",
    "read",
]
