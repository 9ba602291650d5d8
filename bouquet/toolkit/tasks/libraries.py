"""Tasks that a library declares: django-tasks has no word for a key, so it is said here, one of each key at a time.

Without one, what a library enqueues twice runs twice, side by side.
"""

from __future__ import annotations

# A new page is saved three times and Wagtail has each save indexed: two at once wrote the same row of its index.
KEYS = {"modelsearch.tasks.insert_or_update_object_task": "{app_label}.{model_name} {pk}"}
