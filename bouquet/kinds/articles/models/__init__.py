"""Nouns: the pages of a newsroom (ArticlePage with Byline and Correction, SectionPage, AuthorPage, SeriesPage), the
Article that stands for a page in the network, Gone: the address of one that was removed, Month: how many there are of
each, Poll with PollAnswer and PollVote: what readers are asked, Reply: what who is named answers, Sending: the other
sites that show one, and what moving in leaves (moving/models.py).
"""

from bouquet.kinds.articles.models.article import Article, Gone
from bouquet.kinds.articles.models.months import Month
from bouquet.kinds.articles.models.pages import (
    MOST_THEMES,
    ArticlePage,
    AuthorPage,
    Byline,
    Correction,
    Form,
    SectionPage,
    SeriesPage,
)
from bouquet.kinds.articles.models.poll import Poll, PollAnswer, PollVote
from bouquet.kinds.articles.models.reply import Reply
from bouquet.kinds.articles.models.sending import Sending
from bouquet.kinds.articles.moving.models import ArticleImport, FetchedPicture, ImportedPost

__all__ = [
    "MOST_THEMES",
    "Article",
    "ArticleImport",
    "ArticlePage",
    "AuthorPage",
    "Byline",
    "Correction",
    "FetchedPicture",
    "Form",
    "Gone",
    "ImportedPost",
    "Month",
    "Poll",
    "PollAnswer",
    "PollVote",
    "Reply",
    "SectionPage",
    "Sending",
    "SeriesPage",
]
