"""Tasks of imports: some seconds of work each; the next goes behind what became urgent meanwhile."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone, translation

from bouquet.kinds.articles.moving.looking import look
from bouquet.kinds.articles.moving.models import ArticleImport
from bouquet.kinds.articles.moving.posts import SourceRefused
from bouquet.kinds.articles.moving.taking import alone, take_some
from bouquet.toolkit.tasks import every, task

State = ArticleImport.State
BUSY = timedelta(seconds=10)  # another process works for this import: look again then
STRETCH = 20.0  # seconds


@task(lane="default", key="look at articles {job_id}", retries=5, timeout=3600)
def look_at_articles(job_id: int) -> None:
    """The dry run: somebody waits for it."""
    job = _alive(job_id, State.LOOKING)
    if job is None:
        return
    with alone(job) as mine:
        if not mine:
            look_at_articles.using(run_after=timezone.now() + BUSY).enqueue(job_id)
            return
        look_now(job)


@task(lane="extras", key="take articles {job_id}", retries=8, timeout=1800)
def take_articles(job_id: int) -> None:
    """Some posts."""
    job = _alive(job_id, State.RUNNING)
    if job is None:
        return
    with alone(job) as mine, translation.override(language_of(job)):
        if not mine:
            take_articles.using(run_after=timezone.now() + BUSY).enqueue(job_id)
        elif take_some(job, seconds=STRETCH):
            take_articles.enqueue(job_id)


@every(minutes=5)
@task(lane="default")
def look_after_article_imports() -> None:
    """Whatever lost its task to a full disk or a database away."""
    for job in ArticleImport.objects.filter(state=State.LOOKING)[:100]:
        look_at_articles.enqueue(job.pk)
    for job in ArticleImport.objects.filter(state=State.RUNNING)[:100]:
        take_articles.enqueue(job.pk)


def look_now(job: ArticleImport) -> None:
    """In this process. What can start by itself starts."""
    with translation.override(language_of(job)):
        try:
            look(job)
        except SourceRefused as refusal:
            job.state, job.reason, job.looked_at = State.REFUSED, refusal.reason, timezone.now()
            job.save()
    if job.state == State.LOOKED and job.at_once:
        begin(job)


def begin(job: ArticleImport) -> None:
    job.state, job.reason, job.finished_at = State.RUNNING, "", None
    job.save(update_fields=["state", "reason", "finished_at", "updated_at"])
    take_articles.enqueue(job.pk)


def language_of(job: ArticleImport) -> str:
    """Reasons are kept as sentences: in the language of who asked, else of the site."""
    spoken = dict(settings.LANGUAGES)
    return next((each for each in (job.language, job.site.language) if each in spoken), settings.LANGUAGE_CODE)


def _alive(job_id: int, state: str) -> ArticleImport | None:
    return (
        ArticleImport.objects.select_related("person", "site__wagtail_site", "site__collection")
        .filter(pk=job_id, state=state)
        .first()
    )
