"""The desk's page of imports: for who publishes on the site."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bouquet.kinds.articles.models import ArticleImport
from bouquet.kinds.articles.moving import tasks
from bouquet.kinds.articles.moving.tests.elsewhere import post, wxr
from bouquet.shared.network.actions import appoint_editor
from bouquet.toolkit.testing.cast import make_person

pytestmark = pytest.mark.django_db


def door(person: Any, site: Any) -> Client:
    client = Client(headers={"host": site.host})
    client.force_login(person)
    return client


def test_an_import_from_upload_to_report(site: Any, basile: Any) -> None:
    appoint_editor(site, basile, moderator=True)
    client = door(basile, site)
    assert "Look at it" in client.get("/admin/article-imports/").text
    assert client.post("/admin/article-imports/", {"site": site.pk, "source": "wxr"}).status_code == 422
    file = SimpleUploadedFile("old.xml", wxr(post(1), post(2, status="trash"), post(3, title="=cmd()")).encode())
    answer = client.post("/admin/article-imports/", {"site": site.pk, "source": "wxr", "file": file})
    where = answer["Location"]
    assert client.get(where)["Refresh"]
    job = ArticleImport.objects.get()
    tasks.look_at_articles.func(job.pk)
    shown = client.get(where).text
    assert "Import 2 articles" in shown and "bin" in shown
    assert client.post(f"{where}start/")["Location"] == where
    tasks.take_articles.func(job.pk)
    assert "/articles/" in client.get(where, {"state": "done"}).text
    report = b"".join(client.get(f"{where}report.csv").streaming_content).decode()
    assert "Post 1,here" in report.lower().replace("post 1", "Post 1") and "'=cmd()" in report


def test_who_does_not_publish_there_sees_nothing(site: Any, basile: Any, chloe: Any) -> None:
    job = ArticleImport.objects.create(site=site, source="wxr", address="x")
    appoint_editor(site, basile)
    other = make_person(name="Other", email="other@bouquet.example", is_staff=True)
    for person in (basile, chloe, other):
        client = door(person, site)
        assert client.get(job.path).status_code in (302, 403, 404)
        assert client.post(f"{job.path}start/").status_code in (302, 403, 404)
    job.refresh_from_db()
    assert job.state == "looking"


def test_ghosts_file_needs_to_be_told_where_it_was_published(site: Any, ada: Any) -> None:
    file = SimpleUploadedFile("ghost.json", b'{"db": [{"data": {"posts": []}}]}')
    answer = door(ada, site).post("/admin/article-imports/", {"site": site.pk, "source": "ghost", "file": file})
    assert answer.status_code == 422 and "where it was published" in answer.text and not ArticleImport.objects.exists()


def test_what_cannot_start_leads_to_another_try(site: Any, ada: Any) -> None:
    file = SimpleUploadedFile("notes.txt", b"Only words.")
    client = door(ada, site)
    where = client.post("/admin/article-imports/", {"site": site.pk, "source": "wxr", "file": file})["Location"]
    tasks.look_at_articles.func(ArticleImport.objects.get().pk)
    shown = client.get(where).text
    assert "Tools → Export" in shown and "Another import" in shown and "Give up" not in shown
    assert "Imports so far" in client.get("/admin/article-imports/").text
