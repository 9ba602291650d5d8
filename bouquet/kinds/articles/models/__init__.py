"""Nouns: the pages of a newsroom (ArticlePage with Byline and Correction, SectionPage, AuthorPage), the Article that
stands for a page in the network, and Gone: the address of one that was removed.
"""

from bouquet.kinds.articles.models.article import Article, Gone
from bouquet.kinds.articles.models.pages import ArticlePage, AuthorPage, Byline, Correction, Form, SectionPage

__all__ = ["Article", "ArticlePage", "AuthorPage", "Byline", "Correction", "Form", "Gone", "SectionPage"]
