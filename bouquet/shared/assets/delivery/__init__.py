"""Delivery: bytes by signed address, in ranges, without a query. `file_address` is its one door for other apps."""

from bouquet.shared.assets.delivery.addresses import file_address

__all__ = ["file_address"]
