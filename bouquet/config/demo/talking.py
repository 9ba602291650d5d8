"""Puts into the demo what people say below its films and send to other sites. Rows, for its films are still being made:
what a member could not do before a film is published has already happened here."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bouquet.config.demo.talk import SENT, TALK, Said
from bouquet.kinds.videos.models import Video
from bouquet.shared.accounts.models import Person
from bouquet.shared.comments.actions import heart_comment, like_comment, pin_comment, report_comment
from bouquet.shared.comments.models import Comment
from bouquet.shared.comments.standing import count
from bouquet.shared.comments.words import people_in
from bouquet.shared.network.models import Site
from bouquet.shared.proposals.models import Proposal
from bouquet.shared.works.actions import add_guest

NOT_YET = timedelta(minutes=2)  # nothing is said in time to come


def talk_below(films: dict[str, Video]) -> None:
    """Once. `films` by their names in the demo."""
    if Comment.objects.exists():
        return
    people = {person.handle: person for person in Person.objects.all()}
    with transaction.atomic():
        for name, threads in TALK.items():
            film = films[name]
            for said in threads:
                _say(film, said, people, film.publish_at or film.created_at)


def send_elsewhere(films: dict[str, Video]) -> None:
    """Once: proposals on the desks of Le Comptoir and Septembre, one that waits for its maker, one that is shown."""
    if Proposal.objects.exists():
        return
    people = {person.handle: person for person in Person.objects.all()}
    for sent in SENT:
        site, editor = Site.objects.get(slug=sent.site), people.get(sent.by_editor)
        Proposal.objects.create(
            work_id=films[sent.film].pk, site=site, by=people[sent.by], why=sent.why, state=sent.state,
            decided_by=editor, decided_at=timezone.now() if editor else None,
        )  # fmt: skip
        if sent.state == "shown":
            add_guest(films[sent.film], site)


def _say(
    film: Video, said: Said, people: dict[str, Person], after: datetime, root: Comment | None = None, place: int = 0
) -> Comment:
    comment = Comment.objects.create(
        work_id=film.pk, channel_id=film.channel_id, author=people[said.by], text=said.text, mentions=people_in(said.text),
        root=root, answers=root, place=place, created_at=min(after + timedelta(hours=said.hours), timezone.now() - NOT_YET),
        state=Comment.State.HELD if said.held else Comment.State.LIVE, held_for=[said.held] if said.held else [],
    )  # fmt: skip
    if comment.is_live:
        count(comment, 1)
    for number, answer in enumerate(said.answers, start=1):
        _say(film, answer, people, comment.created_at, comment, number)
    for handle in said.likes:
        like_comment(comment, by=people[handle])
    maker = film.author.handle if film.author else ""
    if said.hearted:
        heart_comment(comment, by=people[maker])
    if said.pinned:
        pin_comment(comment, by=people[maker])
    if said.reported:
        report_comment(comment, by=people["gaelle"], why=said.reported, words="Inutilement blessant.")
    return comment
