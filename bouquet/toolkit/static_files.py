"""The pages' own files. What the front end's build made has its fingerprint in its name already and keeps that name."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

BUILT = "assets/"  # where Vite puts what it makes


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Scripts import each other by the names the build gave them: under a second name they would be loaded twice."""

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        if name.startswith(BUILT):
            return name
        return super().hashed_name(name, content, filename)
