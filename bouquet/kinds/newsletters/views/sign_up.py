"""Asking for a newsletter. The answer is the same for an address that is known, unknown, suppressed or a robot's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bouquet.kinds.newsletters.actions import subscribe
from bouquet.kinds.newsletters.forms import SignUpForm
from bouquet.kinds.newsletters.pace import may_ask
from bouquet.kinds.newsletters.permissions import shown_newsletters
from bouquet.kinds.newsletters.promise import promise
from bouquet.toolkit.access import public


@public
@csrf_exempt  # the form stands on pages that are kept for everybody; it uses nobody's session, and the address answers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, slug: str) -> HttpResponse:
    letter = get_object_or_404(shown_newsletters(request.site), slug=slug[:60], is_open=True)  # type: ignore[attr-defined]
    if request.method != "POST":
        return redirect(letter.path)
    form = SignUpForm(request.POST)
    if not form.is_valid():
        context = {"letter": letter, "form": form, "promise": promise(letter)}
        return render(request, "newsletters/subscription.html", context, status=422)
    if not may_ask(request, letter):
        return render(request, "newsletters/too_many.html", {"letter": letter}, status=429)
    if not form.cleaned_data["website"]:
        address = form.cleaned_data["address"]
        subscribe(letter, address, shown=promise(letter), source="page", language=get_language() or "")
    return render(request, "newsletters/asked.html", {"letter": letter, "address": form.cleaned_data["address"]})
