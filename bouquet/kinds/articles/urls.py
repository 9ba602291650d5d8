"""Addresses below /articles/."""

from django.urls import path

from bouquet.kinds.articles.polls import views as polls
from bouquet.kinds.articles.replies import views as replies
from bouquet.kinds.articles.views import article, corrections, feeds, lists, live, sitemap

app_name = "articles"
urlpatterns = [
    path("", lists.home, name="home"),
    path("news-sitemap.xml", sitemap.news, name="news_sitemap"),
    path("sections/<str:slug>/", lists.section, name="section"),
    path("sections/<str:slug>/rss.xml", feeds.section, name="section_feed"),
    path("sections/<str:slug>/atom.xml", feeds.section, name="section_atom"),
    path("authors/", lists.authors, name="authors"),
    path("authors/<str:slug>/", lists.author, name="author"),
    path("authors/<str:slug>/rss.xml", feeds.author, name="author_feed"),
    path("authors/<str:slug>/atom.xml", feeds.author, name="author_atom"),
    path("series/", lists.series, name="series"),
    path("series/<str:slug>/", lists.one_series, name="one_series"),
    path("series/<str:slug>/rss.xml", feeds.series, name="series_feed"),
    path("series/<str:slug>/atom.xml", feeds.series, name="series_atom"),
    path("themes/<str:slug>/", lists.theme, name="theme"),
    path("archive/", lists.archive, name="archive"),
    path("archive/<int:year>/<int:month>/", lists.month, name="month"),
    path("live/<slug:uid>/", live.live, name="live"),
    path("polls/<slug:uid>/vote/", polls.voting, name="vote"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("right-of-reply/", replies.rights, name="rights_of_reply"),
    path("right-of-reply/asked/<slug:secret>/", replies.asked, name="reply_asked"),
    path("right-of-reply/<slug:uid>/", replies.asking, name="reply"),
    path("<slug:uid>/<str:slug>/", article.article, name="article"),
    path("<slug:uid>/", article.article),
]
