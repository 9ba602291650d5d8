"""`GET /api/v1/uploads/limits`: what may be sent, before anything is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from bouquet.shared.assets.permissions import limits_of
from bouquet.toolkit.access import members
from bouquet.toolkit.api import Members

router = Router(tags=["uploads"])


class LimitsOut(Schema):
    max_bytes: int = Field(description="The largest file that is accepted from this person.")
    quota_bytes: int = Field(description="Room for all kept originals of this person together.")
    used_bytes: int = Field(description="Of that room, what is taken or promised to uploads that have begun.")
    left_bytes: int = Field(description="What is left of it.")
    largest_now: int = Field(description="The largest file that would be accepted at this moment, the disk included.")
    open_uploads: int = Field(description="Uploads that have begun and not ended.")
    max_open_uploads: int = Field(description="How many of those one person may have.")
    original_days: int = Field(
        description="The original is kept so many days after its film is ready; 0: as long as the film."
    )


@router.get("/uploads/limits", response=LimitsOut, auth=Members, summary="What you may send now")
@members
def upload_limits(request: HttpRequest) -> Any:
    return limits_of(request.user)  # type: ignore[arg-type]
