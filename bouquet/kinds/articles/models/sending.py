"""The other sites of the network on which the newsroom wants an article: the wish, kept with the page.

What is shown there is the work's `also_on`; actions.put_up_article makes the one of the other, so that a draft can be
sent before it is published, and appears on all its sites in the same moment.
"""

from __future__ import annotations

from django.db import models

from bouquet.kinds.articles.models.pages import ArticlePage
from bouquet.shared.network.models import Site


class Sending(models.Model):
    page = models.ForeignKey(ArticlePage, models.CASCADE, related_name="sendings")
    site = models.ForeignKey(Site, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "site"], name="an_article_is_sent_once")]
