"""Coming from elsewhere: a channel of PeerTube, a feed, a table of addresses or a folder becomes videos here.

Nouns: ImportJob, ImportItem. Verbs: add_import, start_import, pause_import, cancel_import, retry_failed,
look_again, set_repeat, leave_out. `sources` know how others tell of their films; `looking` is the dry run; `taking`
brings one film through the door of uploads; `old_addresses` says which old places it may claim
(works keep and answer them).
"""
