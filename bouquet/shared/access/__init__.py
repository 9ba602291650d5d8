"""Access: may this viewer have this work, here, now? And signed addresses for who may.

Verbs: `decide.decide(viewer, work)`, `streams.sign(asset)`, `streams.check(path)`.
"""
