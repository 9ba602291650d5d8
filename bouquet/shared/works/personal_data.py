"""What works hold about a person: what they published, kept, liked, watched and follow."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.personal_data import personal_data
from bouquet.shared.works.actions import change_channel_picture
from bouquet.shared.works.events import WorkRemoved
from bouquet.shared.works.models import (
    Channel,
    Collaborator,
    Collection,
    CollectionItem,
    Follow,
    HistoryPause,
    Invitation,
    Reaction,
    TurnedAway,
    Watching,
    Work,
)
from bouquet.toolkit.events import announce


def export_works(person: Person) -> dict[str, Any]:
    return {
        "works": [
            {
                "address": work.address,
                "kind": work.kind,
                "title": work.title,
                "summary": work.summary,
                "translations": work.translations,
                "category": work.category,
                "tags": [tag.name for tag in work.tags.all()],
                "also_on": [site.host for site in work.also_on.all()],
                "guest_policy": work.guest_policy,
                "state": work.state,
                "visibility": work.visibility,
                "rating": work.rating,
                "language": work.language,
                "licence": work.licence,
                "credit": work.credit,
                "created_at": work.created_at,
                "published_at": work.published_at,
                "views": work.views,
                "likes": work.likes,
                "comments_policy": work.comments_policy,
            }
            for work in Work.objects.filter(author=person)
            .select_related("site")
            .prefetch_related("tags", "also_on")
            .order_by("created_at")
        ],
        "channels": [
            {"name": each.name, "about": each.about, "address": each.address, "followers": each.followers}
            for each in Channel.objects.filter(owner=person).select_related("site")
        ],
        "likes": [
            {"address": each.work.address, "title": each.work.title, "at": each.created_at}
            for each in Reaction.objects.filter(person=person).select_related("work__site")
        ],
        "follows": [
            {"address": each.channel.address, "name": each.channel.name, "at": each.created_at}
            for each in Follow.objects.filter(person=person).select_related("channel__site")
        ],
        "collections": [
            {
                "name": str(each),
                "about": each.about,
                "visibility": each.visibility,
                "works": [item.work.address for item in each.items.select_related("work__site")],
            }
            for each in Collection.objects.filter(owner=person)
        ],
        "watched": [
            {
                "address": each.work.address,
                "title": each.work.title,
                "seconds": each.seconds,
                "first_at": each.created_at,
                "last_at": each.updated_at,
                "finished_at": each.finished_at,
            }
            for each in Watching.objects.filter(person=person).select_related("work__site").order_by("pk")
        ],
        "history_paused_since": HistoryPause.objects.filter(person=person).values_list("since", flat=True).first(),
        "collections_of_others": [
            {"name": each.collection.name, "owner": each.collection.owner.name, "since": each.since}
            for each in Collaborator.objects.filter(person=person).select_related("collection__owner")
        ],
    }


def erase_works(person: Person) -> None:
    """Kinds have removed what they know (their entries come first); what is left of this person's works goes here.

    A personal channel goes with its followers; a channel of the group that they looked after stays, without an owner.
    """
    works = Work.objects.filter(author=person)
    gone = [WorkRemoved(work_id=pk, uid=uid, kind=kind) for pk, uid, kind in works.values_list("pk", "uid", "kind")]
    works.delete()
    for event in gone:
        announce(event)
    liked = Reaction.objects.filter(person=person)
    Work.objects.filter(pk__in=liked.values("work"), likes__gt=0).update(likes=F("likes") - 1)
    liked.delete()
    follows = Follow.objects.filter(person=person)
    Channel.objects.filter(pk__in=follows.values("channel"), followers__gt=0).update(followers=F("followers") - 1)
    follows.delete()
    Collection.objects.filter(owner=person).delete()
    Watching.objects.filter(person=person).delete()
    HistoryPause.objects.filter(person=person).delete()
    Collaborator.objects.filter(person=person).delete()
    Invitation.objects.filter(person=person).delete()
    CollectionItem.objects.filter(added_by=person).update(added_by=None)  # what they gave to others' lists stays there
    TurnedAway.objects.filter(by=person).update(by=None)  # the site's decision stays, without a name
    for channel in Channel.objects.filter(owner=person, personal=True).exclude(picture=""):
        change_channel_picture(channel, None)
    Channel.objects.filter(owner=person, personal=True).delete()
    Channel.objects.filter(owner=person).update(owner=None)


personal_data(
    "works",
    models=[
        Work,
        Channel,
        Reaction,
        Follow,
        Collection,
        CollectionItem,
        Collaborator,
        Invitation,
        Watching,
        HistoryPause,
        TurnedAway,
    ],
    export=export_works,
    erase=erase_works,
    goes=_(
        "Everything that you published, your channel, your likes, what you follow, your collections, and what you watched."  # noqa: E501
    ),
)
