"""Comments on anything published.

Nouns: Comment, Like, Silence, Report, HouseRules, Block. Verbs: add, edit, remove, like, heart, pin, silence, report,
publish, hide, block. News: CommentPublished, CommentHeld, CommentDecided, CommentReported, CommentRemoved.
"""
