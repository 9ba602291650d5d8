"""One issue on the desk: its words, its works, what is looked at, who verifies it, when it goes, how it goes."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from bouquet.kinds.newsletters import actions
from bouquet.kinds.newsletters.actions import NotNow
from bouquet.kinds.newsletters.forms import HourForm, IssueForm, ItemForm
from bouquet.kinds.newsletters.mail import compose
from bouquet.kinds.newsletters.models import Delivery, Issue, IssueItem
from bouquet.kinds.newsletters.permissions import edited_issue, edited_sites
from bouquet.kinds.newsletters.preflight import findings
from bouquet.kinds.newsletters.sending.rows import tally
from bouquet.kinds.newsletters.wording import note_words, standing_words
from bouquet.shared.works.models import Work
from bouquet.toolkit.access import editors

FOUND = 12
MAIL_POLICY = "default-src 'none'; img-src 'self' http: https:; style-src 'unsafe-inline'; frame-ancestors 'self'"


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, uid: str) -> HttpResponse:
    """POST saves all words; a button beside them (up, down, remove) does its part after that."""
    issue = edited_issue(request, uid)
    items = list(issue.items.select_related("work__site"))
    words = IssueForm(request.POST or None, initial={name: getattr(issue, name) for name in IssueForm.base_fields})
    forms = [(each, _item_form(each, request)) for each in items]
    if request.method == "POST":
        if words.is_valid() and all(form.is_valid() for _item, form in forms):
            return _save(request, issue, words, forms)
        messages.error(request, _("Something is missing: look at the words in red."))
    return render(request, "newsletters/desk/issue.html", _context(request, issue, words, forms))


def _item_form(item: IssueItem, request: HttpRequest) -> ItemForm:
    initial = {name: getattr(item, name) for name in ItemForm.base_fields}
    return ItemForm(request.POST or None, initial=initial, prefix=f"item-{item.pk}")


def _save(
    request: HttpRequest, issue: Issue, words: IssueForm, forms: list[tuple[IssueItem, ItemForm]]
) -> HttpResponse:
    was_verified = issue.state != Issue.State.DRAFT
    try:
        changed = actions.change_issue(issue, words.cleaned_data, {item.pk: form.cleaned_data for item, form in forms})
        _move(request.POST.get("do", ""), {item.pk: item for item, _form in forms})
    except NotNow as refusal:
        messages.error(request, str(refusal))
        return redirect("newsletters_issue", issue.uid)
    changed.refresh_from_db(fields=["state"])
    if was_verified and changed.state == Issue.State.DRAFT:
        messages.warning(request, _("Saved. It was verified before this change: it has to be verified again."))
    else:
        messages.success(request, _("Saved."))
    return redirect("newsletters_issue", issue.uid)


def _move(asked: str, items: dict[int, IssueItem]) -> None:
    verb, _colon, number = asked.partition(":")
    item = items.get(int(number)) if number.isascii() and number.isdigit() else None
    if item is None:
        return
    if verb in ("up", "down"):
        actions.move_item(item, -1 if verb == "up" else 1)
    elif verb == "remove":
        actions.remove_item(item)


def _context(request: Any, issue: Issue, words: IssueForm, forms: list[tuple[IssueItem, ItemForm]]) -> dict[str, Any]:
    composed = compose(issue)
    asked = request.GET.get("q", "").strip()[:100]
    counts = tally(issue)
    names = dict(Delivery.State.choices)
    found = [each for each in findings(issue, composed) if issue.is_open]
    zone = issue.newsletter.zone
    return {
        "issue": issue,
        "letter": issue.newsletter,
        "standing": standing_words(issue),
        "notes": [note_words(note) for note in issue.notes],
        "words": words,
        "forms": forms,
        "findings": found,
        "may_verify": issue.state == Issue.State.DRAFT and not any(each.level == "bad" for each in found),
        "person": request.user,
        "asked": asked,
        "found": list(actions.works_to_add(issue, asked)[:FOUND]) if asked and issue.is_open else [],
        "hour": HourForm(initial={"at": _first_hour(issue).astimezone(zone).strftime("%Y-%m-%dT%H:%M")}),
        "readers": issue.newsletter.subscriptions.writable().count(),  # type: ignore[attr-defined]
        "counts": [(names.get(state, state), number) for state, number in sorted(counts.items())],
        "done": sum(number for state, number in counts.items() if state not in ("waiting", "claimed", "handed")),
        "total": sum(counts.values()),
        "clicked": issue.tracked.order_by("-clicks", "pk")[:30],
        "clicks": issue.tracked.aggregate(n=Sum("clicks"))["n"] or 0,
        "left": issue.newsletter.subscriptions.filter(
            ended_at__gte=issue.started_at, ended_why="asked"
        ).count() if issue.started_at else 0,
    }  # fmt: skip


def _first_hour(issue: Issue) -> Any:
    return max(issue.scheduled_for or issue.due_at or timezone.now(), timezone.now())


@editors
@require_safe
@xframe_options_sameorigin
def mail(request: HttpRequest, uid: str) -> HttpResponse:
    """The mail itself, for a frame with a policy of its own: styles, no script, no form, pictures only."""
    issue = edited_issue(request, uid)
    answer = HttpResponse(compose(issue).html)
    answer["Content-Security-Policy"] = MAIL_POLICY + "; sandbox allow-popups"
    answer["Cache-Control"] = "no-store"
    return answer


@editors
@require_safe
def text(request: HttpRequest, uid: str) -> HttpResponse:
    issue = edited_issue(request, uid)
    return HttpResponse(compose(issue).text, content_type="text/plain; charset=utf-8")


@editors
@require_POST
def adding(request: HttpRequest, uid: str) -> HttpResponse:
    issue = edited_issue(request, uid)
    work = get_object_or_404(actions.works_to_add(issue, ""), uid=request.POST.get("work", ""))
    return _do(request, issue, lambda: actions.add_work(issue, Work.objects.cards().get(pk=work.pk)), "")


@editors
@require_POST
def verification(request: HttpRequest, uid: str) -> HttpResponse:
    """By the person who presses the button: the page has said whose name it will be."""
    issue, person = edited_issue(request, uid), request.user
    said = _("Verified by %(name)s.") % {"name": getattr(person, "name", "")}
    return _do(request, issue, lambda: actions.verify_issue(issue, by=person), said)  # type: ignore[arg-type]


@editors
@require_POST
def withdrawal(request: HttpRequest, uid: str) -> HttpResponse:
    issue = edited_issue(request, uid)
    return _do(request, issue, lambda: actions.withdraw_check(issue), _("It is a draft again."))


@editors
@require_POST
def scheduling(request: HttpRequest, uid: str) -> HttpResponse:
    """An hour on the list's own clock."""
    issue = edited_issue(request, uid)
    with timezone.override(issue.newsletter.zone):
        form = HourForm(request.POST)
        valid = form.is_valid()
    if not valid:
        messages.error(request, _("Which hour? Write it as 2026-11-23 07:00."))
        return redirect("newsletters_issue", issue.uid)
    at = form.cleaned_data["at"]
    return _do(request, issue, lambda: actions.schedule_issue(issue, at), _("It is scheduled."))


@editors
@require_POST
def sending(request: HttpRequest, uid: str) -> HttpResponse:
    issue = edited_issue(request, uid)
    return _do(request, issue, lambda: actions.send_now(issue), _("It is on its way."))


@editors
@require_POST
def test(request: HttpRequest, uid: str) -> HttpResponse:
    issue, person = edited_issue(request, uid), request.user
    said = _("A test is on its way to %(address)s.") % {"address": person.email}  # type: ignore[union-attr]
    return _do(request, issue, lambda: actions.send_test(issue, to=person), said)  # type: ignore[arg-type]


@editors
@require_POST
def turn(request: HttpRequest, uid: str, verb: str) -> HttpResponse:
    """Pause, go on, cancel."""
    issue = edited_issue(request, uid)
    verbs = {"pause": actions.pause_issue, "resume": actions.resume_issue, "cancel": actions.cancel_issue}
    said = {"pause": _("Paused."), "resume": _("It goes on."), "cancel": _("Cancelled: nothing more goes out.")}
    return _do(request, issue, lambda: verbs[verb](issue), said[verb])


def _do(request: HttpRequest, issue: Issue, verb: Any, said: str) -> HttpResponse:
    edited_sites(request)
    try:
        verb()
    except NotNow as refusal:
        messages.error(request, str(refusal))
    except OSError as error:  # a test that no mail server takes
        messages.error(request, _("The mail server did not take it: %(said)s") % {"said": error})
    else:
        if said:
            messages.success(request, said)
    return redirect("newsletters_issue", issue.uid)
