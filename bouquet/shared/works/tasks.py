"""What the clock does with works."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from bouquet.shared.notifications.actions import notify
from bouquet.shared.works.models import Watching, Work
from bouquet.shared.works.publication import lock_work, make_live
from bouquet.shared.works.rollup import roll_up_views
from bouquet.shared.works.telling import tell_followers
from bouquet.toolkit.tasks import daily, every, task


@every(minutes=1)
@task()
def publish_due_works() -> None:
    """Scheduled works can be seen from their hour on by the predicate itself; here they become live and it is told."""
    due = Work.objects.filter(state=Work.State.SCHEDULED, published_at__lte=timezone.now()).order_by("published_at")
    for work in due[:500]:
        with transaction.atomic():
            row = lock_work(work)
            if row.state != Work.State.SCHEDULED or row.published_at is None or row.published_at > timezone.now():
                continue  # its author changed their mind meanwhile
            make_live(row)
            if row.author:
                key = f"works.published:{row.pk}:{row.published_at.isoformat()}"
                notify(row.author, "works.published", url=row.address, key=key, title=row.title)


@task(lane="extras", key="followers {work_id}", timeout=3600)
def tell_followers_of(work_id: int) -> None:
    tell_followers(work_id)


@every(hours=1)
@task(lane="extras")
def count_views_lately() -> None:
    roll_up_views()


@daily("03:50")
@task(lane="extras")
def forget_old_watching() -> None:
    """In short pieces: nobody who watches waits for it."""
    while rows := list(Watching.objects.outlived().values_list("pk", flat=True)[:1000]):
        Watching.objects.filter(pk__in=rows).delete()
