"""What a generic tus client makes with `POST /tus/`: a video, titled by its metadata or else by its file's name."""

from __future__ import annotations

from bouquet.kinds.videos.actions import add_video
from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.actions import receiver
from bouquet.shared.assets.models import Upload
from bouquet.shared.network.models import Site


@receiver("video")
def receive_video(person: Person, *, site: Site, filename: str, size: int, metadata: dict[str, str]) -> Upload:
    """The upload of a new draft on this site. Raises UploadRefused."""
    title = metadata.get("title", "")[:140]
    return add_video(person=person, site=site, title=title, size=size, filename=filename)[1]
