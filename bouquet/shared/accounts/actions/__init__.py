"""What people and operators do with accounts."""

from bouquet.shared.accounts.actions.people import PersonExists, add_person
from bouquet.shared.accounts.actions.tokens import bearer_of, issue_token, revoke_token

__all__ = ["PersonExists", "add_person", "bearer_of", "issue_token", "revoke_token"]
