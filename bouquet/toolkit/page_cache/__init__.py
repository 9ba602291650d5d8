"""Whole pages for strangers, kept in each server process and handed out at its door, before Django.

Nouns: Clearing (a row: these marks have changed), Notes (what a view says of its page while it makes it), KeptPage.
Verbs: `keep_page` and `depends_on` (a view says that its page may be kept, and what it shows), `clear_pages` (in the
transaction of a change: what shows this is made anew). The door itself: `door.PageDoor`, mounted by config/asgi.py.
docs/decisions/0096 says why it is so.
"""
