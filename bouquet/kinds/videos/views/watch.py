"""The page of a video: the player, what it is, who made it, what comes next; how far it is while it is being made."""

from __future__ import annotations

from pathlib import PurePath

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bouquet.kinds.videos.description import rich_description
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.progress import progress_of
from bouquet.kinds.videos.replies import answered_by, answers_to
from bouquet.kinds.videos.screen import poster_path, screen_of, share_picture_address
from bouquet.kinds.videos.structured import embed_address, embed_code, embed_size, json_ld
from bouquet.kinds.videos.tracks import WITH_TEXTS, transcript_for
from bouquet.shared.access import streams
from bouquet.shared.access.decide import terms_for
from bouquet.shared.comments.actions import panel_for
from bouquet.shared.discovery.actions import related_to
from bouquet.shared.network.permissions import frames_for
from bouquet.shared.works.models import (
    Collection,
    CollectionItem,
    Follow,
    Reaction,
    category_name,
    licence_called,
    playback_of,
)
from bouquet.shared.works.permissions import Viewer, can_edit_work, find_work
from bouquet.toolkit.access import public


@public
@require_safe
def watch(request: HttpRequest, uid: str, slug: str = "") -> HttpResponse:
    video = find_video(request, uid)
    if video.site_id != request.site.pk or slug != (video.slug or "-"):
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(video.address_from(request.site) + query)
    viewer = Viewer.of(request)
    prefetch_related_objects([video], "tags")
    context = stage_of(request, video, remembers=True) | {
        "theatre": request.COOKIES.get("bq_theatre") == "1",
        "description": rich_description(video.shown_summary),
        "category": category_name(video.category),
        "licence": licence_called(video.licence),
        "playback": playback_of(request, video),
        "related": related_to(video, viewer),
        "comments": panel_for(request, video),
        "replies": answers_to(video, viewer),
        "in_reply_to": answered_by(video, viewer),
        "transcript": transcript_for(video, request.GET.get("language", "")),
        "json_ld": json_ld(video),
        "embed": embed_address(video),
        "may_embed": video.visibility in ("public", "unlisted") and not frames_for(request, video.site, video).nowhere,
        "embed_code": embed_code(video),
        "embed_size": embed_size(video, width=1280),
        "oembed": f"{video.site.url}{reverse('oembed')}?url={video.address}",
        "share_picture": share_picture_address(video),
        "poster": poster_path(video, 1280),
        **_mine(video, viewer),
    }
    return render(request, "videos/watch.html", context)


@public
@require_safe
def stage(request: HttpRequest, uid: str) -> HttpResponse:
    """The player, or how far it is: what the page fetches again while the film is being made."""
    embedded = "/embed/" in request.headers.get("referer", "")
    return render(request, "videos/stage.html", stage_of(request, find_video(request, uid), embedded=embedded))


@public
@require_safe
def download(request: HttpRequest, uid: str) -> HttpResponse:
    """The original, where its author allows it, by a signed address that the file server answers."""
    video = find_video(request, uid)
    if not (video.may_download or can_edit_work(Viewer.of(request).person, video)):
        raise Http404
    if video.asset.no_original:
        status = 503 if video.asset.source else 410  # away, or gone
        return render(request, "videos/no_original.html", {"video": video}, status=status)
    terms = terms_for(Viewer.of(request), video)
    return HttpResponseRedirect(streams.sign_original(video.asset, _download_name(video), terms, seconds=3600))


def find_video(request: HttpRequest, uid: str) -> Video:
    videos = Video.objects.select_related(
        "asset", "asset__upload", "site", "site__brand", "channel__owner", "author", "poster", "own_poster"
    )
    return find_work(videos.prefetch_related("asset__renditions", "asset__steps", *WITH_TEXTS), uid, Viewer.of(request))


def stage_of(
    request: HttpRequest, video: Video, *, autoplay: bool = False, embedded: bool = False, remembers: bool = False
) -> dict[str, object]:
    progress = progress_of(video)
    plays = progress.state in ("playable", "ready") and video.asset.is_playable
    return {
        "video": video,
        "is_mine": request.user.is_authenticated and request.user.pk == video.author_id,
        "can_edit": can_edit_work(Viewer.of(request).person, video),
        "progress": progress,
        "screen": screen_of(video, request, autoplay=autoplay, embedded=embedded, remembers=remembers)
        if plays
        else None,
        "poster": poster_path(video, 1280),
        "width": video.shape[0],
        "height": video.shape[1],
    }


def _download_name(video: Video) -> str:
    """The title, with the ending of the file that was sent."""
    ending = PurePath(video.asset.filename).suffix.lower()
    return f"{video.title.replace('/', '-')[:120]}{ending if len(ending) <= 6 else ''}"


def _mine(video: Video, viewer: Viewer) -> dict[str, object]:
    """What this person has to do with it."""
    person = viewer.person
    if person is None:
        return {"likes_it": False, "follows": False}
    holds = Exists(CollectionItem.objects.filter(collection=OuterRef("pk"), work=video.pk))
    collections = list(Collection.objects.kept_by(person).annotate(holds=holds).order_by("-role", "name")[:30])
    return {
        "likes_it": Reaction.objects.filter(person=person, work=video.pk).exists(),
        "follows": Follow.objects.filter(person=person, channel=video.channel_id).first(),
        "collections": collections,
        "has_later": any(collection.role for collection in collections),
    }
