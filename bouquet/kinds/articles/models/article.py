"""An article in the network: the Work that its page puts up when it is published, with what lists ask of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.articles.models.pages import ArticlePage, AuthorPage, Form, SectionPage, SeriesPage
from bouquet.shared.assets.models import Asset
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Work

WORDS_A_MINUTE = 230  # read in silence: Brysbaert 2019, 238 for English; French words are a little longer


class Article(Work):
    """Written by actions.put_up_article alone; the page is where it is changed."""

    page = models.OneToOneField(ArticlePage, models.CASCADE, related_name="article")
    section = models.ForeignKey(SectionPage, models.SET_NULL, null=True, related_name="articles")
    authors = models.ManyToManyField(AuthorPage, related_name="articles")
    series = models.ForeignKey(SeriesPage, models.SET_NULL, null=True, related_name="articles")
    form = models.CharField(max_length=10, choices=Form.choices, default=Form.NEWS)
    signature = models.CharField(max_length=300, blank=True)  # the authors' names, as a list shows them
    words = models.PositiveIntegerField(default=0)
    family = models.PositiveIntegerField(null=True, db_index=True)  # the page that it and its translations come from
    revised_at = models.DateTimeField(null=True)
    replies = models.PositiveSmallIntegerField(default=0)  # published ones, by right (replies/actions.py)
    cover = models.OneToOneField(Asset, models.SET_NULL, null=True, related_name="cover_of_article")
    cover_of = models.CharField(max_length=200, blank=True)  # of which picture, cut how: covers.py

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def minutes(self) -> int:
        return max(1, round(self.words / WORDS_A_MINUTE))


class Gone(models.Model):
    """An article was here and was removed: its address answers 410, so that search engines forget it (RFC 9110)."""

    uid = models.CharField(max_length=16, unique=True)
    site = models.ForeignKey(Site, models.CASCADE, related_name="gone_articles")
    at = models.DateTimeField(auto_now_add=True)
