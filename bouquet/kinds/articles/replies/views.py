"""The pages of who asks for a right of reply."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bouquet.kinds.articles.lists import articles_on
from bouquet.kinds.articles.models import Article, Reply
from bouquet.kinds.articles.permissions import find_article
from bouquet.kinds.articles.replies.actions import ask_for_reply, withdraw_reply
from bouquet.kinds.articles.replies.delays import asked_until, may_be_asked
from bouquet.kinds.articles.replies.forms import ReplyForm, WhichForm
from bouquet.kinds.articles.replies.pace import is_too_fast
from bouquet.kinds.articles.wording import text_of
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import public

LATELY = 10


@public
@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """What the right is, which article it is about, and the replies published lately."""
    form = WhichForm(request.GET or None)
    if form.is_bound and form.is_valid():
        article = _at(request, form.cleaned_data["address"])
        if article is not None:
            return redirect("articles:reply", article.uid)
        form.add_error("address", _("There is no article of this site at this address."))
    listed = articles_on(request).values("pk")
    lately = Reply.objects.filter(state=Reply.State.PUBLISHED, article__in=listed).select_related("article__site")
    context = {"form": form, "replies": lately.order_by("-pk")[:LATELY]}
    return render(request, "articles/replies/rights.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest, uid: str) -> HttpResponse:
    article = find_article(uid, Viewer.of(request))
    if article.site_id != request.site.pk:  # type: ignore[attr-defined]
        return redirect(f"{article.site.url}{request.path}")
    context: dict[str, Any] = {"article": article, "until": asked_until(article), "is_open": may_be_asked(article)}
    if not context["is_open"]:
        return render(request, "articles/replies/asking.html", context, status=200 if request.method != "POST" else 403)
    form = ReplyForm(request.POST or None, article=article, length=len(text_of(article.page)), initial=_known(request))
    context["form"] = form
    if request.method != "POST" or not form.is_valid():
        return render(request, "articles/replies/asking.html", context, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    if given.pop("website"):
        return redirect(article.path)  # a program filled in what people do not see
    if is_too_fast(request, given["email"]):
        form.add_error(None, _("There were many requests lately. Try again in an hour, or write to the publisher."))
        return render(request, "articles/replies/asking.html", context, status=429)
    del given["confirm"]
    reply = ask_for_reply(article, by=request.user if request.user.is_authenticated else None, **given)
    return redirect("articles:reply_asked", reply.secret)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, secret: str) -> HttpResponse:
    """For who has the address, from the mail: what became of it. POST withdraws it while it waits."""
    replies = Reply.objects.filter(site=request.site).select_related("site", "article__site")  # type: ignore[attr-defined]
    reply = get_object_or_404(replies, secret=secret)
    if request.method == "POST":
        if withdraw_reply(reply):
            messages.success(request, _("Your request is withdrawn."))
        return redirect("articles:reply_asked", secret)
    response = render(request, "articles/replies/asked.html", {"reply": reply})
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _at(request: HttpRequest, address: str) -> Article | None:
    """/articles/<uid>/<slug>/ of this site; a bare path does."""
    try:
        steps = [step for step in urlsplit(address.strip()).path.split("/") if step]
    except ValueError:
        return None
    uid = steps[1] if len(steps) > 1 and steps[0] == "articles" else ""
    if not uid.isascii() or not uid.isalnum():
        return None
    return Article.objects.filter(pk__in=articles_on(request).filter(site=request.site).values("pk"), uid=uid).first()  # type: ignore[attr-defined]


def _known(request: HttpRequest) -> dict[str, str]:
    person = request.user
    return {"name": person.name, "email": person.email} if person.is_authenticated else {}
