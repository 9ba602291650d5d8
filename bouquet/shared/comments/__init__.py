"""Comments on anything published.

Nouns: Comment, Like, Silence, Report, HouseRules, Block, Restriction, DomainRule. Verbs: add, edit, remove, like,
heart, pin, silence, report, publish, hide, block, restrict. News: CommentPublished, CommentHeld, CommentDecided,
CommentReported, CommentRemoved, AuthorRestricted.
"""
