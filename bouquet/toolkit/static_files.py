"""The pages' own files. What the front end's build made has its fingerprint in its name already and keeps that name."""

from __future__ import annotations

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUILT = "assets/"  # where Vite puts what it makes
ICONS = "/icons."


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Scripts import each other by the names the build gave them: under a second name they would be loaded twice."""

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        if name.startswith(BUILT):
            return name
        return super().hashed_name(name, content, filename)

    def create_compressor(self, **kwargs: Any) -> Compressor:
        return Packer(**kwargs)


class Packer(Compressor):
    """gzip. Brotli for the icons of every page alone: the build has packed the other files so (frontend/packed.js), and
    to pack the editors' desk would take each first start half a minute."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs, use_brotli=False)
        self.small = Compressor(**kwargs)

    def compress(self, path: str) -> list[str]:
        packed: list[str] = self.small.compress(path) if ICONS in path else super().compress(path)
        return packed
