"""`bouquet video reencode`: films once more in AV1, or the H.264 rungs that they have not, while they go on playing."""

from __future__ import annotations

import click

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.reencoding import without_av1
from bouquet.shared.assets.actions import REENCODE_CODECS, CannotReencode, reencode_asset


@click.command("reencode")
@click.option("--uid", "uids", multiple=True, help="A film, by the id in its address; may be given several times.")
@click.option("--most-watched", type=click.IntRange(1, 10_000), help="So many films, those with most views first.")
@click.option("--codec", type=click.Choice(REENCODE_CODECS), default="av1", show_default=True)
@click.option("--dry-run", is_flag=True, help="Say what would be done.")
def reencode(uids: tuple[str, ...], most_watched: int | None, codec: str, dry_run: bool) -> None:
    """Encode films once more, in the lane for spare time, while they go on playing.

    av1 adds every quality in AV1 (browsers that can take it, others keep H.264); h264 adds qualities that are missing,
    after BOUQUET_VIDEO_LARGEST_RUNG was raised or a step was given up.
    """
    if bool(uids) == bool(most_watched):
        raise click.UsageError("Say which films: --uid or --most-watched.")
    done = 0
    for video in _named(uids) if uids else _most_watched(most_watched or 0, codec):
        try:
            rungs = reencode_asset(video.asset, codec=codec, dry_run=dry_run)
        except CannotReencode as why:
            click.echo(f"{video.uid}  {video.title}: {why}")
            continue
        done += 1
        click.echo(f"{video.uid}  {video.title}: {', '.join(rungs)}")
    click.echo(f"{done} {'would be' if dry_run else 'were'} ordered; `bouquet queue` shows how far they are.")


def _named(uids: tuple[str, ...]) -> list[Video]:
    found = {video.uid: video for video in Video.objects.filter(uid__in=uids).select_related("asset")}
    if missing := [uid for uid in uids if uid not in found]:
        raise click.ClickException(f"No film is called {', '.join(missing)}.")
    return [found[uid] for uid in uids]


def _most_watched(count: int, codec: str) -> list[Video]:
    if codec == "av1":
        return list(without_av1()[:count])
    return list(Video.objects.filter(asset__state="ready").select_related("asset").order_by("-views", "-pk")[:count])
