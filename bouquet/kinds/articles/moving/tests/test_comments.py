"""What readers said at an old place comes with its articles."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from bouquet.kinds.articles.moving.tests.elsewhere import post, wxr
from bouquet.kinds.articles.tests.make import visit
from bouquet.shared.comments.models import Comment

pytestmark = pytest.mark.django_db


def said(number: int, text: str, *, state: str = "1", parent: int = 0, name: str = "Zoé", kind: str = "comment") -> str:
    return f"""<wp:comment><wp:comment_id>{number}</wp:comment_id>
<wp:comment_author><![CDATA[{name}]]></wp:comment_author>
<wp:comment_author_email>zoe@a.example</wp:comment_author_email><wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>
<wp:comment_date_gmt>2019-03-05 10:00:0{number}</wp:comment_date_gmt>
<wp:comment_content><![CDATA[{text}]]></wp:comment_content>
<wp:comment_approved>{state}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"""


TALK = [
    said(1, '<p>First.</p><script>alert(1)</script><a href="https://b.example/x">here</a>'),
    said(2, "Buy pills", state="spam"),
    said(3, "An answer.", parent=1, name='<b onclick="x()">Émile</b>'),
    said(4, "Deeper.", parent=3, name=""),
    said(5, "To the spam.", parent=2),
    said(6, "Not yet read.", state="0"),
    said(7, "ping", kind="pingback"),
    said(8, "In the bin", state="trash"),
]


def test_comments_come_with_their_threads_names_and_dates(bring: Any, site: Any, ada: Any) -> None:
    file = wxr(post(more="".join(TALK)))
    job = bring("wxr", file, start=False)
    row = job.posts.get()
    assert row.comments == 5 and not Comment.objects.exists()
    assert any("5; of those, 1 wait" in note for note in row.notes), row.notes
    page = bring("wxr", file).posts.get().page
    rows = {each.text: each for each in Comment.objects.select_related("root", "answers")}
    first, answer, deeper = rows["First.\nhere (https://b.example/x)"], rows["An answer."], rows["Deeper."]
    assert (answer.root, answer.answers, answer.place, deeper.root, deeper.answers) == (first, first, 1, first, answer)
    assert rows["To the spam."].root is None and rows["Not yet read."].state == "held" and len(rows) == 5
    assert (first.guest_name, answer.guest_name, first.created_at.year) == ("Zoé", "Émile", 2019)
    assert (first.answer_count, page.article.comment_count) == (2, 4)
    text = visit(page).text
    assert "Zoé" in text and "An answer." in text and "alert(1)" not in text and "Not yet read" not in text
    assert bring("wxr", file).posts.get().state == "known" and Comment.objects.count() == 5  # once
    assert "zoe@a.example" not in str(list(Comment.objects.values()))

    desk = Client(headers={"host": site.host})
    desk.force_login(ada)
    opens_with = desk.get("/admin/comments/").text  # nothing was reported: what waits is shown
    assert "Not yet read." in opens_with and "Waiting (1)" in opens_with and "Published (4)" in opens_with
    desk.post(f"/admin/comments/{answer.uid}/forgetting/")
    answer.refresh_from_db()
    assert (answer.text, answer.guest_name, answer.state) == ("", "", "removed")
    assert "Émile" not in visit(page).text and "Deeper." in visit(page).text


def test_comments_of_a_draft_wait_with_it_and_show_when_it_is_published(bring: Any) -> None:
    row = bring("wxr", wxr(post(status="draft", more=TALK[0]))).posts.get()
    assert row.state == "done" and Comment.objects.get().work.state == "draft"
    assert visit(row.page).status_code == 404
    page = row.page.specific
    page.save_revision().publish()
    text = visit(page).text
    assert "Zoé" in text and "First." in text and page.article.comment_count == 1
    assert page.article.old_addresses.filter(path__contains="/2019/03/").exists()
