"""Mails to who asked: it has come, it is published, it is refused. In the language of the site."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bouquet.kinds.articles.models import Reply


def send_letter(reply: Reply) -> None:
    """What its state has to say. Nothing where the address is forgotten already."""
    if not reply.email:
        return
    with translation.override(reply.site.language):
        subjects = {
            "waiting": _("Your right of reply has come in"),
            "published": _("Your reply is published"),
            "refused": _("Your reply is not published"),
            "withdrawn": _("Your request is withdrawn"),
        }
        words = {
            "reply": reply,
            "site": reply.site,
            "page": reply.site.url + reverse("articles:reply_asked", args=[reply.secret]),
            "shown": f"{reply.article.address}#{reply.anchor}" if reply.article else "",
        }
        text = render_to_string("articles/mail/reply.txt", words)
        subject = f"{subjects[reply.state]} – {reply.site.name} ({reply.uid})"
        EmailMessage(subject=subject, body=text, to=[reply.email]).send()
