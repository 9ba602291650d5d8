"""The one predicate: which works may this viewer see. Every surface starts from it; all is asked at query time.

    released    live, or scheduled and its hour has come; its site is open
    shown to    public, unlisted (who has the address), password (who said it), followers, members, private
    suits       the rating and the viewer's age
    available   territory and window, from Availability rows, where the work is `restricted`

Authors, and editors of the site, may always open what is theirs; lists show them what they show to everybody.
"""

from __future__ import annotations

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from bouquet.shared.network.models import Site
from bouquet.shared.works.models.channel import Follow
from bouquet.shared.works.viewer import Viewer

# What may stand on a shelf at all, for whatever viewer and whenever: the column `Work.on_shelves`, which the database
# itself works out from the row, and the condition of the partial indexes. A column, because SQLite does not see that an
# index fits a condition whose values are parameters in a list.
ON_SHELVES = Q(listable=True, state__in=["live", "scheduled"], visibility__in=["public", "followers", "members"])


def may_open(viewer: Viewer) -> Q:
    return _own(viewer) | (_reachable(viewer) & _unlocked(viewer) & _available(viewer))


def may_reach(viewer: Viewer) -> Q:
    """As `may_open`, wherever and whenever the viewer were and whatever password they knew.

    What is in here and not in there is 451, or asks for its password.
    """
    return _own(viewer) | _reachable(viewer)


def may_list(viewer: Viewer) -> Q:
    return Q(on_shelves=True) & _released(viewer) & _shown_to(viewer) & _suits(viewer) & _available(viewer)


def _own(viewer: Viewer) -> Q:
    if viewer.person is None:
        return Q(pk__in=[])
    if viewer.edits_all:
        return Q(pk__isnull=False)
    return Q(author=viewer.person) | Q(site__in=viewer.editor_of)


def _reachable(viewer: Viewer) -> Q:
    shown = _shown_to(viewer) | Q(visibility__in=["unlisted", "password"])
    return Q(state__in=["live", "scheduled"]) & _released(viewer) & shown & _suits(viewer)


def _unlocked(viewer: Viewer) -> Q:
    if not viewer.keys:
        return ~Q(visibility="password")
    opened = apps.get_model("works", "Lock").objects.filter(key__in=viewer.keys).values("work")
    return ~Q(visibility="password") | Q(pk__in=opened)


def _released(viewer: Viewer) -> Q:
    # "Not in a closed site" rather than "in an open one": it leaves the choice of the index to the list's order.
    return Q(published_at__lte=viewer.moment) & ~Q(site__in=Site.objects.filter(is_open=False).values("pk"))


def _shown_to(viewer: Viewer) -> Q:
    if viewer.person is None:
        return Q(visibility="public")
    followed = Follow.objects.filter(person=viewer.person).values("channel")
    to_followers = Q(visibility="followers") & (Q(channel__in=followed) | Q(author=viewer.person))
    return Q(visibility__in=["public", "members"]) | to_followers


def _suits(viewer: Viewer) -> Q:
    return Q(rating__lte=viewer.highest_rating)


def _available(viewer: Viewer) -> Q:
    """Some row admits this place now, and none of today's rows keeps it out: several "everywhere but X" add up.

    Who comes from nobody knows where is admitted by rows for everywhere only.
    """
    now = viewer.moment
    today = (
        apps.get_model("works", "Availability")
        .objects.filter(work=OuterRef("pk"))
        .filter(Q(opens_at=None) | Q(opens_at__lte=now), Q(closes_at=None) | Q(closes_at__gt=now))
    )
    if not viewer.territory:
        return Q(restricted=False) | Q(Exists(today.filter(excluded=False, territory="")))
    here = viewer.territory
    admits = Q(excluded=False, territory__in=[here, ""]) | (Q(excluded=True) & ~Q(territory=here))
    keeps_out = today.filter(excluded=True, territory=here)
    return Q(restricted=False) | (Q(Exists(today.filter(admits))) & Q(~Exists(keeps_out)))
