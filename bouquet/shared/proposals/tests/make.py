"""Proposals for tests: two sites with videos, one with an editor, and the doors."""

from __future__ import annotations

from typing import Any

from django.test import Client

from bouquet.shared.network.models import Site
from bouquet.shared.notifications.models import Notice
from bouquet.shared.proposals.models import Proposal
from bouquet.shared.works.models import Work
from bouquet.toolkit.tasks.testing import run_all_tasks


def enter(person: Any = None, host: str = "video") -> Client:
    client = Client(headers={"host": f"{host}.bouquet.localhost"})
    if person is not None:
        client.force_login(person)
    return client


def send(person: Any, work: Work, site: Site, why: str = "It is about your town.") -> Any:
    return enter(person).post(f"/works/{work.uid}/sites/", {"site": site.slug, "why": why})


def make_proposal(work: Work, site: Site, **changes: Any) -> Proposal:
    return Proposal.objects.create(**{"work_id": work.pk, "site": site, "why": "It is about your town."} | changes)


def told(person: Any) -> list[str]:
    run_all_tasks()
    return [notice.title for notice in Notice.objects.of(person).order_by("pk")]


def is_listed_on(site: Site, work: Work) -> bool:
    from bouquet.shared.works.viewer import Viewer

    fresh = Site.objects.get(pk=site.pk)
    return Work.objects.on(fresh).listed_for(Viewer()).filter(pk=work.pk).exists()
