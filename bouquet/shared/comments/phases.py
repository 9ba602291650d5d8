"""What a new comment passes, in this order. Each phase says why it holds a comment back; all reasons are kept with it.

The first part (`refusal_of`) says no to the writer, with a sentence. The second (`reasons_to_hold`) lets the comment
wait for a person. Who looks after the work is not held. A machine's doubt is told as such, never as people's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.permissions import old_enough
from bouquet.shared.comments.measures import Measure
from bouquet.shared.comments.models import Block, Comment, Effect
from bouquet.shared.comments.policy import Opening, Rules
from bouquet.shared.comments.words import MOST, links_in, watched_word_in
from bouquet.shared.works.models import Work

MANY_LINKS = 5
KNOWN_AFTER = timedelta(days=1)  # a comment that has stood for so long makes its author known
# (how many, within what time): for who is new, and for who is known. Far beyond what anybody writes by hand.
FOR_NEW = ((3, timedelta(minutes=5)), (20, timedelta(days=1)))
FOR_KNOWN = ((10, timedelta(minutes=5)), (200, timedelta(days=1)))
REASONS = {
    "policy": gettext_lazy("Each comment here is approved first."),
    "restricted": gettext_lazy("The editors want to read each comment of its author first."),
    "newcomer": gettext_lazy("It is one of its author’s first comments."),
    "domain": gettext_lazy("Its author is new here, with an address at %(detail)s."),
    "word": gettext_lazy("It has a watched word: “%(detail)s”."),
    "first-link": gettext_lazy("It has a link, and its author is new here."),
    "links": gettext_lazy("It has many links."),
    "brought": gettext_lazy("It was waiting where it was written, and came with its article."),
}

# The same for who wrote it: openly, and without what would teach a spammer.
TOLD = {
    "policy": gettext_lazy("Each comment here is read before it is shown."),
    "restricted": gettext_lazy("The editors read your comments before they are shown."),
    "newcomer": gettext_lazy("You are new here: the first comments of everybody are read before they are shown."),
    "domain": gettext_lazy("You are new here: it is read before it is shown."),
    "first-link": gettext_lazy("You are new here, and it has a link: it is read before it is shown."),
    "links": gettext_lazy("It has many links: it is read before it is shown."),
    "word": gettext_lazy("A program asks for a second look at it: it is read before it is shown."),
}


class CommentRefused(Exception):
    """`reason`: a sentence for the writer. `status`: of HTTP. `again_at`: when it would be taken."""

    def __init__(self, reason: str, status: int, again_at: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason, self.status, self.again_at = reason, status, again_at


@dataclass(frozen=True)
class Draft:
    work: Work
    by: Person
    text: str
    opening: Opening
    rules: Rules
    standing: int  # so many comments of theirs have stood, at most as many as the rules ask for
    is_trusted: bool  # looks after the work
    measure: Measure | None = None  # what the desk decided about who writes

    @property
    def is_known(self) -> bool:
        return self.standing > 0


def comments_that_stood(person: Person, most: int = 1) -> int:
    """How many of theirs have stood for a day, or were approved: a mark that stays. Counted up to `most`."""
    theirs = Comment.objects.filter(author=person, state=Comment.State.LIVE)
    stood = Q(created_at__lte=timezone.now() - KNOWN_AFTER) | Q(decided_at__isnull=False)
    return theirs.filter(stood)[: max(1, most)].count()


def check_words(text: str) -> None:
    if not text:
        raise CommentRefused(_("Write something first."), 422)
    if len(text) > MOST:
        words = {"most": MOST, "number": len(text)}
        raise CommentRefused(_("A comment has up to %(most)s characters; this one has %(number)s.") % words, 422)


def check_writer(work: Work, by: Person, opening: Opening, measure: Measure | None = None) -> None:
    """Is it open, and open to this person?"""
    if not opening.is_open:
        raise CommentRefused(opening.words, 403)
    if not old_enough(by, work.site):
        words = {"name": work.site.name, "age": work.site.minimum_age}
        raise CommentRefused(_("%(name)s is for people of %(age)s and over.") % words, 403)
    if work.channel_id and Block.objects.filter(channel=work.channel_id, person=by).exists():
        raise CommentRefused(_("You cannot comment on this channel: its owner has blocked you."), 403)
    if measure is not None and measure.effect == Effect.STOP:
        raise CommentRefused(measure.words, 403)


def check_pace(draft: Draft) -> None:
    for most, within in FOR_KNOWN if draft.is_known or draft.is_trusted else FOR_NEW:
        since = timezone.now() - within
        sent = Comment.objects.filter(author=draft.by, created_at__gt=since).order_by("-created_at", "-pk")
        last = list(sent.values_list("created_at", flat=True)[:most])
        if len(last) == most:
            again = last[-1] + within
            words = {
                "time": date_format(timezone.localtime(again), "TIME_FORMAT" if within.days < 1 else "DATETIME_FORMAT")
            }
            raise CommentRefused(
                _("You have written a lot in a short time. You can send this again at %(time)s.") % words, 429, again
            )


Phase = Callable[[Draft], str]


def reasons_to_hold(draft: Draft) -> list[str]:
    """Names of the phases that want a person to look, each with its detail after a colon."""
    if draft.is_trusted:
        return []
    return [reason for phase in PHASES if (reason := phase(draft))]


def words_of(reason: str) -> str:
    """For those who decide: why it was held."""
    name, _colon, detail = reason.partition(":")
    return str(REASONS.get(name, name)) % {"detail": detail}


def told_of(reasons: list[str]) -> list[str]:
    """For who wrote it. That they are new is said once, by the reason that says most."""
    names = [reason.partition(":")[0] for reason in reasons]
    closer = {"domain", "first-link"}.intersection(names)
    return [str(TOLD.get(name, name)) for name in names if not (closer and name == "newcomer")]


def _policy(draft: Draft) -> str:
    return "policy" if draft.opening.is_held else ""


def _restricted(draft: Draft) -> str:
    measure = draft.measure
    return "restricted" if measure and measure.effect == Effect.HOLD and not measure.domain else ""


def _newcomer(draft: Draft) -> str:
    return "newcomer" if draft.standing < draft.rules.hold_first else ""


def _domain(draft: Draft) -> str:
    measure = draft.measure
    if measure and measure.effect == Effect.HOLD and measure.domain and not draft.is_known:
        return f"domain:{measure.domain}"
    return ""


def _watched_word(draft: Draft) -> str:
    word = watched_word_in(draft.text, list(draft.rules.watched_words))
    return f"word:{word[:60]}" if word else ""


def _first_link(draft: Draft) -> str:
    return "first-link" if draft.rules.hold_first_links and not draft.is_known and links_in(draft.text) else ""


def _many_links(draft: Draft) -> str:
    return "links" if links_in(draft.text) > MANY_LINKS else ""


PHASES: list[Phase] = [_policy, _restricted, _newcomer, _domain, _watched_word, _first_link, _many_links]
