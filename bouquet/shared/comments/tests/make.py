"""Comments for tests: a row, counted as the actions would; and the door to a discussion."""

from __future__ import annotations

from typing import Any

from django.test import Client

from bouquet.shared.comments.models import Comment
from bouquet.shared.comments.standing import count
from bouquet.shared.works.models import Work


def make_comment(work: Work, **changes: Any) -> Comment:
    fields: dict[str, Any] = {"work_id": work.pk, "channel_id": work.channel_id, "text": "Lovely light."} | changes
    comment = Comment.objects.create(**fields)
    if comment.is_live:
        count(comment, 1)
    work.refresh_from_db(fields=["comment_count"])
    return comment


def enter(person: Any = None) -> Client:
    client = Client(headers={"host": "video.bouquet.localhost"})
    if person is not None:
        client.force_login(person)
    return client


def page(client: Client, work: Work, query: str = "") -> str:
    answer = client.get(f"/works/{work.uid}/comments/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def say(client: Client, work: Work, text: str, **more: Any) -> Any:
    return client.post(f"/works/{work.uid}/comments/", {"text": text, **more})
