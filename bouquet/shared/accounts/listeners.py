"""What Django and allauth tell about sign-ins (their only way of telling is a signal)."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from bouquet.shared.accounts.actions import begin_sign_in, end_other_sign_ins, end_sign_in, sign_in_of
from bouquet.shared.accounts.models import Person


@receiver(user_logged_in)
def open_sign_in(request: HttpRequest, user: Person, **kwargs: Any) -> None:
    begin_sign_in(request, user)


@receiver(user_logged_out)
def close_sign_in(request: HttpRequest, user: Person | None, **kwargs: Any) -> None:
    """Sign-out is for all hosts: the sign-in ends, not only this host's session."""
    if sign_in := sign_in_of(request):
        end_sign_in(sign_in)
    request._sign_in = request.sign_in = None  # type: ignore[attr-defined]


@receiver([password_changed, password_set, password_reset])
def end_the_others(request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """Whoever knew the old password is out, everywhere; who changed it stays."""
    current = sign_in_of(request)
    end_other_sign_ins(user, but=current if current and current.person_id == user.pk else None)
