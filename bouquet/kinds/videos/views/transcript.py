"""What is said in a film, to read, to search and to click on: a page of its own, or the panel beside the film."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bouquet.kinds.videos.tracks import lines_of, transcript_for, transcripts_of
from bouquet.kinds.videos.views.watch import find_video
from bouquet.toolkit.access import public


@public
@require_safe
def transcript(request: HttpRequest, uid: str) -> HttpResponse:
    """`?language=fr`. Asked for by the page's own script it is the panel's content only."""
    video = find_video(request, uid)
    caption = transcript_for(video, request.GET.get("language", ""))
    if caption is None:
        raise Http404
    context = {
        "video": video,
        "caption": caption,
        "captions": transcripts_of(video),
        "lines": lines_of(caption),
        "watch": video.address_from(request.site),
    }
    wants_panel = request.headers.get("x-requested-with") == "fetch"
    name = "videos/transcript_text.html" if wants_panel else "videos/transcript.html"
    response = render(request, name, context)
    response["Vary"] = "X-Requested-With, Cookie, Accept-Language"
    return response
