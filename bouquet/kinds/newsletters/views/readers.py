"""What readers do by the keys in their mails, without signing in: confirm, choose, stop, follow a link."""

from __future__ import annotations

import crawleruseragents
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bouquet.kinds.newsletters.actions import choose_letters, confirm, forget_reader, stop_all, unsubscribe
from bouquet.kinds.newsletters.addresses import reader_key, reader_of, wish_of
from bouquet.kinds.newsletters.models import Link, Newsletter, Subscriber, Subscription, Suppression
from bouquet.kinds.newsletters.pace import caller
from bouquet.kinds.newsletters.promise import promise
from bouquet.toolkit.access import public

SEEN = ["GET", "HEAD", "POST"]


@public
@csrf_exempt  # the key in the address is what counts; nobody's session is used
@never_cache
@require_http_methods(SEEN)
def confirmation(request: HttpRequest, key: str) -> HttpResponse:
    """A button, not the link itself: programs that look at the links of mails would subscribe people."""
    wish = wish_of(key)
    if wish is None or wish.state == Subscription.State.ENDED:
        return _say(request, "newsletters/key_gone.html", {}, 404)
    letter = wish.newsletter
    context = {"letter": letter, "wish": wish, "promise": wish.shown or promise(letter)}
    if request.method == "POST":
        confirm(wish, seen_from=caller(request))
        context["preferences"] = f"/letters/{reader_key(wish.subscriber, letter)}/"
        return _say(request, "newsletters/confirmed.html", context)
    return _say(request, "newsletters/confirmation.html", context)


@public
@csrf_exempt  # RFC 8058: mail programs POST without cookies
@never_cache
@require_http_methods(SEEN)
def unsubscription(request: HttpRequest, key: str) -> HttpResponse:
    """POST is the one click (RFC 8058), of a mail program or of the page's own button, which GET only shows."""
    reader, letter = _holder(key)
    context = {"letter": letter, "key": key}
    if request.method == "POST":
        unsubscribe(reader, letter)
        return _say(request, "newsletters/unsubscribed.html", context)
    return _say(request, "newsletters/unsubscription.html", context)


@public
@csrf_exempt
@never_cache
@require_http_methods(SEEN)
def preferences(request: HttpRequest, key: str) -> HttpResponse:
    """Every list of the network that one can have or has, one box each; stop all; be forgotten."""
    reader, letter = _holder(key)
    if request.method == "POST" and "forget" in request.POST:
        forget_reader(reader)
        return _say(request, "newsletters/forgotten.html", {"letter": letter})
    if request.method == "POST" and "stop" in request.POST:
        stop_all(reader)
        return redirect(request.path)
    offered, mine = _offered(reader)
    stopped = Suppression.objects.filter(fingerprint=reader.fingerprint).exists()
    if request.method == "POST" and not stopped:
        wanted = request.POST.getlist("letters")
        choose_letters(reader, [each for each in offered if each.uid in wanted], offered, promise(letter))
        return HttpResponseRedirect(f"{request.path}?saved=1")
    context = {
        "letter": letter, "reader": reader, "key": key, "stopped": stopped, "saved": "saved" in request.GET,
        "offered": [(each, each.pk in mine) for each in offered],
    }  # fmt: skip
    return _say(request, "newsletters/preferences.html", context)


def _offered(reader: Subscriber) -> tuple[list[Newsletter], set[int]]:
    """Lists that are open and those this reader has; two queries."""
    mine = set(reader.subscriptions.active().values_list("newsletter_id", flat=True))  # type: ignore[attr-defined]
    letters = Newsletter.objects.select_related("site").order_by("site__position", "name")
    return [each for each in letters[:200] if each.pk in mine or (each.is_open and each.site.is_open)], mine


@public
@require_safe
def link(request: HttpRequest, uid: str) -> HttpResponse:
    """On to where a link of a mail leads. One more on its counter; of whom is not known here, and is not noted.

    Where it leads stands in our own row, written from a verified issue: no address comes from the outside.
    """
    row = Link.objects.filter(uid=uid).first()
    if row is None:
        raise Http404
    if request.method == "GET" and not crawleruseragents.is_crawler(request.headers.get("User-Agent", "")):
        Link.objects.filter(pk=row.pk).update(clicks=F("clicks") + 1)
    answer = HttpResponseRedirect(row.address)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _holder(key: str) -> tuple[Subscriber, Newsletter]:
    found = reader_of(key)
    if found is None:
        raise Http404
    return found


def _say(request: HttpRequest, template: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    """In the language of the list by which the reader came; found by no search engine."""
    letter = context.get("letter")
    with override(letter.language if isinstance(letter, Newsletter) else get_language()):
        answer = render(request, template, context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"  # the key is in the address
    return answer
