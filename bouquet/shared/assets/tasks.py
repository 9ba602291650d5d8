"""Tasks of assets."""

from __future__ import annotations

from django_tasks import task


@task(queue_name="first")
def prepare_asset(asset_id: int) -> None:
    """The pipeline takes the asset from here."""
