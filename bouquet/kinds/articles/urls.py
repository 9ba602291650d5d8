"""Addresses below /articles/."""

from django.urls import path

from bouquet.kinds.articles.views import article, feeds, lists, sitemap

app_name = "articles"
urlpatterns = [
    path("", lists.home, name="home"),
    path("news-sitemap.xml", sitemap.news, name="news_sitemap"),
    path("sections/<str:slug>/", lists.section, name="section"),
    path("sections/<str:slug>/rss.xml", feeds.section, name="section_feed"),
    path("authors/", lists.authors, name="authors"),
    path("authors/<str:slug>/", lists.author, name="author"),
    path("authors/<str:slug>/rss.xml", feeds.author, name="author_feed"),
    path("themes/<str:slug>/", lists.theme, name="theme"),
    path("archive/", lists.archive, name="archive"),
    path("archive/<int:year>/<int:month>/", lists.month, name="month"),
    path("<slug:uid>/<str:slug>/", article.article, name="article"),
    path("<slug:uid>/", article.article),
]
