"""/me/tokens/: personal tokens for the API."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bouquet.shared.accounts.actions import issue_token, revoke_token
from bouquet.shared.accounts.forms.tokens import TokenForm
from bouquet.toolkit.access import members

SHOWN_ONCE = "new_token"


@members
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """The list; a token that has just been made shows its secret, this once."""
    secret = request.session.pop(SHOWN_ONCE, None)
    return _page(request, TokenForm(), secret)


@members
@require_POST
def token_making(request: HttpRequest) -> HttpResponse:
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, None)
    _token, request.session[SHOWN_ONCE] = issue_token(
        request.user, name=form.cleaned_data["name"], expires_at=form.expires_at()
    )
    return redirect("accounts_tokens")


@members
@require_POST
def token_revocation(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(request.user.access_tokens, pk=pk)
    revoke_token(token)
    messages.success(request, _("The token “%(name)s” no longer opens anything.") % {"name": token.name})
    return redirect("accounts_tokens")


def _page(request: HttpRequest, form: TokenForm, secret: str | None) -> HttpResponse:
    context = {"form": form, "secret": secret, "tokens": list(request.user.access_tokens.all())}
    return render(request, "accounts/tokens.html", context)
