"""What people and operators do with accounts."""

from bouquet.shared.accounts.actions.data import ask_for_data, erase_person
from bouquet.shared.accounts.actions.people import PersonExists, add_person
from bouquet.shared.accounts.actions.profile import change_picture, remove_picture, tell_birth_date
from bouquet.shared.accounts.actions.sign_ins import (
    begin_sign_in,
    end_other_sign_ins,
    end_sign_in,
    join_sign_in,
    sign_in_of,
)
from bouquet.shared.accounts.actions.tokens import bearer_of, issue_token, revoke_token
from bouquet.shared.accounts.picture import PictureRefused, drop_picture, keep_picture

__all__ = [
    "PersonExists",
    "PictureRefused",
    "add_person",
    "ask_for_data",
    "bearer_of",
    "begin_sign_in",
    "change_picture",
    "drop_picture",
    "end_other_sign_ins",
    "end_sign_in",
    "erase_person",
    "issue_token",
    "join_sign_in",
    "keep_picture",
    "remove_picture",
    "revoke_token",
    "sign_in_of",
    "tell_birth_date",
]
