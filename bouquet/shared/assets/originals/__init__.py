"""Where originals stay once their film is ready: in place, on a slower disk, or nowhere. The operator's policy.

policy   whose turn it is, and what that would free
archive  the folder on the other disk: is it there, is it ours, is there room; a copy that is compared before it counts
moving   one film at a time: moved or dropped, and what a kill left behind

Everything that needs an original asks `Asset.has_original` and reads `Asset.source_path`, wherever that is.
"""
