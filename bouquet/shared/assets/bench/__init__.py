"""Benches of files: `bouquet bench upload`."""

from bouquet.shared.assets.bench.upload import upload

BENCHES = [upload]
