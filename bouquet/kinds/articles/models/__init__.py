"""Nouns: the pages of a newsroom (ArticlePage with Byline and Correction, SectionPage, AuthorPage), the Article that
stands for a page in the network, Gone: the address of one that was removed, and Reply: what who is named answers.
"""

from bouquet.kinds.articles.models.article import Article, Gone
from bouquet.kinds.articles.models.pages import ArticlePage, AuthorPage, Byline, Correction, Form, SectionPage
from bouquet.kinds.articles.models.reply import Reply

__all__ = ["Article", "ArticlePage", "AuthorPage", "Byline", "Correction", "Form", "Gone", "Reply", "SectionPage"]
