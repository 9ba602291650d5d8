"""Delivery: bytes by address, in ranges, without a query and off the event loop.

    application  the requests: /m/ streams, /f/ originals, /media/ pictures, /static/ the pages' own files
    deciding     what is answered to one, for every server of ours that reads requests (this one and the media door)
    addresses    signed addresses, by the rule that nginx's secure_link checks too
    places       which file an address means, and how long it may be kept
    answering    status, ranges and validators of a file (RFC 9110)

`file_address` is its door for other apps; streams are signed by `access.streams`.
"""

from bouquet.shared.assets.delivery.addresses import file_address

__all__ = ["file_address"]
