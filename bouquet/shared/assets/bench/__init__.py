"""Benches of files: `bouquet bench serve`, `bouquet bench upload`, `bouquet bench video`."""

from bouquet.shared.assets.bench.serve import serve
from bouquet.shared.assets.bench.upload import upload
from bouquet.shared.assets.bench.video import video

BENCHES = [serve, upload, video]
