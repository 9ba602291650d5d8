"""Said at every start: a kind that names a front-page block which it does not have."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error

from bouquet.shared.fronts.blocks import missing_blocks


def every_block_is_there(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"A kind offers the front-page block {path}, which does not exist.", id="fronts.E001")
        for path in missing_blocks()
    ]
