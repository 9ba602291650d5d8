from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bouquet.shared.network.kinds import SiteKind


class ArticlesConfig(AppConfig):
    name = "bouquet.kinds.articles"
    label = "articles"
    verbose_name = _("Articles")
    kind = SiteKind(
        slug="articles",
        label=_("Articles"),
        icon="newspaper",
        home="articles:home",
        work="articles:article",
        head="articles/head.html",
        text="bouquet.kinds.articles.wording.words_of",
        sections="bouquet.kinds.articles.lists.section_names",
        sitemap="articles:news_sitemap",
        footer="articles/footer.html",
        hold_first_comments=1,
        guests=True,
        moves="bouquet.kinds.articles.moving.parcel",
        blocks=("bouquet.kinds.articles.blocks.ArticlesBlock",),
    )

    def ready(self) -> None:
        from bouquet.kinds.articles.newsdesk import listen_to_wagtail

        listen_to_wagtail()
