"""Where finished films are kept when not on this disk: the part of the settings that names an S3-compatible store."""

from __future__ import annotations

from urllib.parse import urlsplit

from bouquet.config.env import env_number, env_text


def _object_store(address: str) -> dict[str, str]:
    """https://endpoint/bucket or https://endpoint/bucket/prefix; {} where there is none."""
    if not address:
        return {}
    parts = urlsplit(address)
    bucket, _slash, prefix = parts.path.strip("/").partition("/")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or not bucket:
        raise SystemExit(
            "BOUQUET_OBJECT_STORE is written https://endpoint/bucket or https://endpoint/bucket/prefix; its key is for"
            " BOUQUET_OBJECT_STORE_KEY and BOUQUET_OBJECT_STORE_SECRET."
        )
    return {
        "endpoint": f"{parts.scheme}://{parts.netloc}",
        "bucket": bucket,
        "prefix": f"{prefix}/" if prefix else "",
        "region": env_text("BOUQUET_OBJECT_STORE_REGION", "us-east-1"),
        "key_id": env_text("BOUQUET_OBJECT_STORE_KEY"),
        "secret": env_text("BOUQUET_OBJECT_STORE_SECRET"),
    }


OBJECT_STORE = _object_store(env_text("BOUQUET_OBJECT_STORE"))
# Hours after a film is ready until it moves there; below 0: only when `bouquet video storage --there` says so.
OBJECT_STORE_AFTER_HOURS = env_number("BOUQUET_OBJECT_STORE_AFTER_HOURS", 0)
