"""What a page shows of a discussion: threads in an order, each with its first answers; what this viewer may do there.

The number of questions to the database does not grow with the number of comments: the page of threads, the answers to
them, the pinned one, and for a member what they liked, silenced and wait for. Nobody said anything: hardly any.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from bouquet.shared.comments.measures import measure_for
from bouquet.shared.comments.models import Block, Comment, Effect, Like, Silence
from bouquet.shared.comments.permissions import may_decide, may_edit, may_give_back, may_honour, may_read, may_remove
from bouquet.shared.comments.phases import TOLD, comments_that_stood, told_of, words_of
from bouquet.shared.comments.policy import Opening, opening_of, remembered_rules, remembered_team
from bouquet.shared.comments.words import html_of
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.ids import short_id
from bouquet.toolkit.pages import Page, keyset_page

SIZE = 10  # threads of a page
FIRST_ANSWERS = 2  # shown below a first comment; the others are a click away
AROUND = 3  # answers shown before and after the one that an address leads to
ORDERS: dict[str, tuple[str, str]] = {
    "newest": ("-created_at", "-pk"),
    "liked": ("-likes", "-pk"),
    "oldest": ("created_at", "pk"),
}


@dataclass
class Said:
    """A comment as this viewer sees it."""

    comment: Comment
    viewer: Viewer
    is_liked: bool = False
    is_silenced: bool = False
    is_sought: bool = False  # the address leads to it
    is_open: bool = True  # the discussion takes answers and respect
    is_teams: bool = False  # its author looks after the site

    @property
    def html(self) -> SafeString:
        return html_of(self.comment)

    @property
    def is_mine(self) -> bool:
        return self.viewer.person is not None and self.comment.author_id == self.viewer.person.pk

    @property
    def is_readable(self) -> bool:
        return may_read(self.viewer, self.comment)

    @property
    def is_makers(self) -> bool:
        return self.comment.author_id is not None and self.comment.author_id == self.comment.work.author_id

    @property
    def may_edit(self) -> bool:
        return may_edit(self.viewer, self.comment)

    @property
    def may_remove(self) -> bool:
        return may_remove(self.viewer, self.comment)

    @property
    def may_decide(self) -> bool:
        return may_decide(self.viewer, self.comment.work)

    @property
    def may_give_back(self) -> bool:
        return may_give_back(self.viewer, self.comment)

    @property
    def may_honour(self) -> bool:
        return may_honour(self.viewer, self.comment.work)

    @property
    def is_newsrooms(self) -> bool:
        """Nobody's own work: what a maker does elsewhere, editors do here."""
        channel = self.comment.work.channel
        return channel is None or channel.owner_id is None

    @property
    def why_held(self) -> list[str]:
        """Why it waits: with the word that was met for who decides, without it for who wrote it."""
        if self.comment.state != Comment.State.HELD:
            return []
        held_for = self.comment.held_for
        return [words_of(reason) for reason in held_for] if self.may_decide else told_of(held_for)

    @property
    def may_pin(self) -> bool:
        return self.may_honour and self.comment.root_id is None


@dataclass
class Thread:
    first: Said
    answers: list[Said]
    more: int = 0  # published answers that are not shown


@dataclass
class Panel:
    work: Work
    viewer: Viewer
    opening: Opening
    order: str
    threads: list[Thread] = field(default_factory=list)
    waiting: list[Said] = field(default_factory=list)  # this viewer's own that nobody else sees yet
    next_url: str = ""
    key: str = field(default_factory=short_id)
    text: str = ""  # what was written and not taken
    answers: Comment | None = None
    refusal: str = ""
    is_blocked: bool = False
    stopped: str = ""  # what the desk told this viewer: no comments
    is_held: str = ""  # why what they write will wait

    @property
    def total(self) -> int:
        return self.work.comment_count

    @property
    def orders(self) -> list[str]:
        return list(ORDERS)

    @property
    def is_member(self) -> bool:
        return self.viewer.person is not None

    @property
    def may_write(self) -> bool:
        return self.is_member and self.opening.is_open and not self.is_blocked and not self.stopped

    @cached_property
    def may_decide(self) -> bool:
        return may_decide(self.viewer, self.work)


def panel_for(request: HttpRequest, work: Work, *, paged: bool = False) -> Panel:
    """For a viewer who may open the work. `?comments=` names the order, `?comment=` a comment to begin with.

    `paged`: the discussion's own page, which goes on with `?after=`.
    """
    viewer = Viewer.of(request)
    order = request.GET.get("comments", "newest")
    rules = remembered_rules(work)
    panel = Panel(work, viewer, opening_of(work, rules), order if order in ORDERS else "newest")
    person = viewer.person
    if person is not None and panel.opening.is_open and not panel.may_decide:
        _what_holds(panel, person, rules.hold_first)
    if person is not None and work.channel_id and panel.opening.is_open:
        panel.is_blocked = Block.objects.filter(channel=work.channel_id, person=person).exists()
    if person is not None and not request.GET.get("after"):
        held = Comment.objects.filter(author=person, work=work.pk, state=Comment.State.HELD).order_by("-pk")[:20]
        panel.waiting = _said(with_work(held, work), viewer, panel.opening)
    if not work.comment_count:
        return panel
    sought = _sought(request, work, viewer)
    page = _page(request, work, panel.order, paged, skip=sought)
    first_page = not page.cursor
    roots = [*_on_top(work, sought, first_page), *page.rows]
    panel.threads = _threads(roots, work, viewer, sought, panel.opening)
    panel.next_url = page.next_url
    return panel


def thread_of(root: Comment, viewer: Viewer, request: HttpRequest) -> tuple[Said, list[Said], Page[Comment]]:
    """A whole thread, page by page."""
    page = keyset_page(root.thread.filter(shown=True).select_related("author"), request, size=50, by=("place", "pk"))
    first, *answers = _said([root, *with_work(page.rows, root.work)], viewer)
    return first, answers, page


def _what_holds(panel: Panel, person: Any, hold_first: int) -> None:
    """Said before they write: nobody takes the trouble to no purpose, and nothing waits in secret."""
    measure = measure_for(person, panel.work.site)
    if measure is not None and measure.effect == Effect.STOP:
        panel.stopped = measure.words
    elif measure is not None and not measure.domain:
        panel.is_held = str(TOLD["restricted"])
    elif hold_first and comments_that_stood(person, hold_first) < hold_first:
        panel.is_held = str(TOLD["newcomer"])


def one_of(comment: Comment, viewer: Viewer) -> Said:
    return _said([comment], viewer)[0]


def _page(request: HttpRequest, work: Work, order: str, paged: bool, *, skip: Comment | None) -> Page[Comment]:
    threads = Comment.objects.filter(work=work.pk, listed=True).select_related("author")
    if skip is not None:
        threads = threads.exclude(pk=skip.root_id or skip.pk)
    page = keyset_page(threads, request if paged else "", size=SIZE, by=ORDERS[order])
    if page.next_cursor is None:
        return page
    address = f"/works/{work.uid}/comments/?comments={order}&after={page.next_cursor}"
    return Page(page.rows, page.cursor, page.next_cursor, address)


def _sought(request: HttpRequest, work: Work, viewer: Viewer) -> Comment | None:
    uid = request.GET.get("comment", "")
    if not uid or not uid.isascii() or not uid.isalnum():
        return None
    found = Comment.objects.filter(uid=uid, work=work.pk).select_related("author", "root__author").first()
    if found is None:
        return None
    found.work = work
    return found if may_read(viewer, found) and (found.root is None or found.root.shown) else None


def _on_top(work: Work, sought: Comment | None, first_page: bool) -> list[Comment]:
    if not first_page:
        return []
    pinned = Comment.objects.filter(work=work.pk, pinned=True).select_related("author").first()
    above = [sought.root or sought] if sought is not None and (sought.root or sought).shown else []
    return above + ([pinned] if pinned is not None and pinned not in above else [])


def _threads(
    roots: list[Comment], work: Work, viewer: Viewer, sought: Comment | None, opening: Opening
) -> list[Thread]:
    answered = [root.pk for root in roots if root.answer_count]
    wanted = Q(place__lte=FIRST_ANSWERS)
    if sought is not None and sought.root_id:
        wanted |= Q(root=sought.root_id, place__range=(max(1, sought.place - AROUND), sought.place + AROUND))
    answers: Iterable[Comment] = ()
    if answered:
        answers = Comment.objects.filter(wanted, root__in=answered, shown=True).select_related("author")
        answers = answers.order_by("root", "place")
    every = _said(with_work([*roots, *answers], work), viewer, opening)
    by_root: dict[int, list[Said]] = {}
    for said in every[len(roots) :]:
        by_root.setdefault(said.comment.root_id or 0, []).append(said)
    for said in every:
        said.is_sought = sought is not None and said.comment.pk == sought.pk
    threads = []
    for first in every[: len(roots)]:
        shown = by_root.get(first.comment.pk, [])
        live = sum(said.comment.is_live for said in shown)
        threads.append(Thread(first, shown, max(0, first.comment.answer_count - live)))
    return threads


def _said(comments: Iterable[Comment], viewer: Viewer, opening: Opening | None = None) -> list[Said]:
    rows = list(comments)
    if not rows:
        return []
    work = rows[0].work
    is_open = (opening or opening_of(work, remembered_rules(work))).is_open
    team = remembered_team(work.site)
    liked: set[int] = set()
    silenced: set[int] = set()
    if viewer.person is not None:
        pks = [row.pk for row in rows]
        liked = set(Like.objects.filter(person=viewer.person, comment__in=pks).values_list("comment", flat=True))
        threads = {row.root_id or row.pk for row in rows}
        silences = Silence.objects.filter(person=viewer.person, thread__in=threads)
        silenced = set(silences.values_list("thread", flat=True))
    return [
        Said(
            row,
            viewer,
            is_liked=row.pk in liked,
            is_silenced=(row.root_id or row.pk) in silenced,
            is_open=is_open,
            is_teams=row.author_id in team,
        )
        for row in rows
    ]


def with_work(comments: QuerySet[Comment] | list[Comment], work: Work) -> list[Any]:
    """Each knows its work without a question: it is this one."""
    rows = list(comments)
    for row in rows:
        row.work = work
    return rows
