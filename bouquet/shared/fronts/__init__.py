"""Front pages: the first page of every site, composed by editors from blocks.

Nouns: FrontPage (a Wagtail page). Blocks: hero, latest, most seen, one kind's list, words, picture, promo, sites of the
network, channels, and what each kind offers (`SiteKind.blocks`).
A block of works says which (`works_for`), composition.py deals them out: no work stands on a page twice.
"""
