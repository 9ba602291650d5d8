"""Loaded by schemathesis: made-up ids find nothing, so every other one becomes that of something that is there."""

from __future__ import annotations

import json
import os
from typing import Any

import schemathesis

KNOWN: dict[str, str] = json.loads(os.environ["BOUQUET_TRY_KNOWN"])


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: Any) -> Any:
    for name, value in KNOWN.items():
        if isinstance(text := (path_parameters or {}).get(name), str) and len(text) % 2:
            path_parameters[name] = value
    return path_parameters
