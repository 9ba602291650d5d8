"""Articles: what a newsroom writes on the editors' desk, and what its readers get.

Nouns: ArticlePage, SectionPage, AuthorPage, SeriesPage (Wagtail pages), Article (the work: the page's card in the
network), Gone.
Verbs: put_up_article, withdraw_article, forget_article, add_section, add_author, add_article.
News heard: Wagtail's own (newsdesk.py). News told: those of works.
"""
