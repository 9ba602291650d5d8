"""Benches of files: `bouquet bench upload`, `bouquet bench video`."""

from bouquet.shared.assets.bench.upload import upload
from bouquet.shared.assets.bench.video import video

BENCHES = [upload, video]
