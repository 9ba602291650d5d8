"""What people do with newsletters. Refusals are `NotNow`, with a sentence."""

from bouquet.kinds.newsletters.actions.issues import (
    add_work,
    cancel_issue,
    change_issue,
    draft_issue,
    move_item,
    pause_issue,
    remove_item,
    resume_issue,
    schedule_issue,
    send_now,
    send_test,
    verify_issue,
    withdraw_check,
    works_to_add,
)
from bouquet.kinds.newsletters.actions.lists import add_newsletter, change_newsletter
from bouquet.kinds.newsletters.actions.many import import_addresses, lift_suppression, note_bounces, readers_as_csv
from bouquet.kinds.newsletters.actions.readers import (
    choose_letters,
    confirm,
    forget_reader,
    stop_all,
    subscribe,
    unsubscribe,
)
from bouquet.kinds.newsletters.standing import NotNow

__all__ = [
    "NotNow",
    "add_newsletter",
    "add_work",
    "cancel_issue",
    "change_issue",
    "change_newsletter",
    "choose_letters",
    "confirm",
    "draft_issue",
    "forget_reader",
    "import_addresses",
    "lift_suppression",
    "move_item",
    "note_bounces",
    "pause_issue",
    "readers_as_csv",
    "remove_item",
    "resume_issue",
    "schedule_issue",
    "send_now",
    "send_test",
    "stop_all",
    "subscribe",
    "unsubscribe",
    "verify_issue",
    "withdraw_check",
    "works_to_add",
]
