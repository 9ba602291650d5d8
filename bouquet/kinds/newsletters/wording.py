"""What the rows keep as codes, in the reader's language: why a work was chosen, what happened to an issue."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from bouquet.kinds.newsletters.models import Issue


def reason_words(reason: dict[str, Any]) -> str:
    said = {"place": reason.get("place", ""), "number": reason.get("number", 0)}
    words = _of_code(reason) % said
    if not reason.get("beyond"):
        return words
    beyond = _("(more of this section than the recipe asks for: nothing else was left)")
    return f"{words} {beyond}"


def _of_code(reason: dict[str, Any]) -> str:
    code, first = reason.get("code"), reason.get("first")
    if code == "seen":
        return _("Most read of the week in %(place)s (%(number)s)") if first else _(
            "Much read this week in %(place)s (%(number)s)"
        )  # fmt: skip
    if code == "talked":
        return _("Most talked about in %(place)s (%(number)s comments)") if first else _(
            "Much talked about in %(place)s (%(number)s comments)"
        )  # fmt: skip
    if code == "liked":
        return _("Most liked in %(place)s (%(number)s)") if first else _("Liked by %(number)s in %(place)s")
    if code == "editor":
        return _("Added by an editor")
    return _("Among the latest in %(place)s")


def note_words(note: dict[str, Any]) -> str:
    code, said = note.get("code"), {"said": note.get("said", ""), "name": note.get("name", "")}
    if code == "writer_failed":
        return _("The writing machine did not answer (%(said)s): summaries are taken from the works themselves.") % said
    if code == "changed_after_check":
        return _("It was changed after %(name)s had verified it: it needs to be verified again.") % said
    if code == "moved":
        return (
            _("%(name)s verified it where it comes from. See that it was not sent there, and verify it again.") % said
        )
    if code == "works_gone":
        return _("Not everybody may see these works any more: %(said)s. It needs to be verified again.") % said
    if code == "refused_by_many":
        return _("The mail server refused many addresses one after another (%(said)s): sending was paused.") % said
    return str(note.get("said", ""))


def standing_words(issue: Issue) -> str:
    """One sentence for the top of its page on the desk."""
    said = {"name": issue.checked_name}
    if issue.state == Issue.State.DRAFT:
        return _("A draft: nothing goes out before somebody has verified it by name.")
    if issue.state == Issue.State.CHECKED:
        return _("Verified by %(name)s. A change withdraws it.") % said
    if issue.state == Issue.State.SCHEDULED:
        return _("Verified by %(name)s and scheduled. A change withdraws both.") % said
    if issue.state == Issue.State.SENDING:
        return _("Verified by %(name)s, on its way to its readers.") % said
    if issue.state == Issue.State.PAUSED:
        return _("Paused: who has it, has it; nobody else gets it until it goes on.")
    if issue.state == Issue.State.SENT:
        return _("Verified by %(name)s and sent.") % said
    return _("Cancelled: nothing more goes out.")
