"""Moving in and out: what a newsroom wrote elsewhere becomes articles here; a site's articles go into a parcel.

Nouns: ArticleImport, ImportedPost, FetchedPicture. Verbs: add_import, start_import, cancel_import, retry_failed.
`sources` know how WordPress, Ghost and feeds tell of their posts; `html_blocks` makes blocks of their HTML; `looking`
is the dry run; `taking` makes one post an article; `parcel` writes and reads all articles of a site.
"""
