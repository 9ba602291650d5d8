"""A film's address as a QR code (ISO/IEC 18004), drawn here: what opens it on the phone that looks at it."""

from __future__ import annotations

from io import BytesIO

import qrcode
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from qrcode.image.svg import SvgPathFillImage

from bouquet.kinds.videos.screen import start_of
from bouquet.kinds.videos.views.watch import find_video
from bouquet.toolkit.access import public

KEPT_SECONDS = 3600


@public
@require_safe
def qr(request: HttpRequest, uid: str) -> HttpResponse:
    """`t` as on the film's page: where it begins. `save`: as a file. Black on white, for every camera."""
    video = find_video(request, uid)
    start = start_of(request, video.asset.duration)
    address = f"{video.address}?t={start}" if start else video.address
    response = HttpResponse(_drawn(address), content_type="image/svg+xml")
    if "save" in request.GET:
        name = slugify(video.title)[:60] or video.uid
        response["Content-Disposition"] = f'attachment; filename="{name}-qr.svg"'
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return response


def _drawn(address: str) -> bytes:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    code.add_data(address)
    out = BytesIO()
    code.make_image(image_factory=SvgPathFillImage).save(out)
    return out.getvalue()
