"""Work that is done later: rows in the project's own database, run by `bouquet worker`.

Nouns:  TaskRow (one piece of work), WorkerRow (who is alive), ScheduleRow (what repeats)
Verbs:  @task, .enqueue(), @every, @daily, heartbeat(), GiveUp; actions: retry_task, cancel_task
Tests:  testing.run_all_tasks()
"""

from bouquet.toolkit.tasks.declare import GiveUp, TaskContext, task
from bouquet.toolkit.tasks.running import Stopped, heartbeat
from bouquet.toolkit.tasks.schedule import daily, every

__all__ = ["GiveUp", "Stopped", "TaskContext", "daily", "every", "heartbeat", "task"]
