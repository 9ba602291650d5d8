"""The network, its sites and their brands; which site a request is for.

Nouns: Network, Site, Brand, HostAlias, NavigationItem, Picture (of the editors' desk).
Verbs: add_site, change_site, add_brand, appoint_editor, dismiss_editor.
News:  SiteAdded, SiteChanged.
"""
