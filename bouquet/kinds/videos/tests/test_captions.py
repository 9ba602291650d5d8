"""Captions of a video: on its page, in its editor, and for whom."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from bouquet.kinds.videos.tests.conftest import queries_of
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.assets.actions import keep_captions
from bouquet.shared.assets.models import Caption
from bouquet.toolkit.tasks.testing import run_all_tasks

FRENCH = [(0, 1500, "<v Ada>Bonjour à tous"), (1500, 3000, "L’été est là & nous aussi"), (3000, 3900, "Fin")]
ENGLISH = [(0, 1500, "Good morning"), (1500, 3000, "Summer is here")]


def say(video: Any, by: Any, *, language: str = "fr", cues: Any = FRENCH, kind: str = "subtitles") -> Caption:
    return keep_captions(video.asset, cues, language=language, by=by, kind=kind)


def page(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_the_player_offers_each_track_by_the_films_own_signature(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    caption = say(video, chloe)
    say(video, chloe, language="en", cues=ENGLISH, kind="captions")
    for path in (video.path, f"/embed/{video.uid}"):
        html = page(door(), path)
        tracks = re.findall(
            r'<track kind="(\w+)" src="(/m/\d+/[\w-]+/\w+/[^"]+)" srclang="(\w+)" label="([^"]+)">', html
        )
        assert [(kind, language, label) for kind, _src, language, label in tracks] == [
            ("captions", "en", "English, with sounds"),
            ("subtitles", "fr", "Français"),
        ]
        assert tracks[1][1].endswith(f"{video.asset.uid}/{caption.path}")
        assert 'name="captions" value="1"' in html


def test_empty_captions_are_not_offered(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    say(video, chloe, cues=[])
    html = page(door(), video.path)
    assert "<track" not in html
    assert "Transcript" not in html
    assert door().get(f"/videos/{video.uid}/transcript").status_code == 404


def test_captions_of_a_private_film_are_nobodys(door: Any, chloe: Any, driss: Any) -> None:
    video = make_video(author=chloe, visibility="private")
    say(video, chloe)
    for path in ("transcript", "captions/fr/subtitles.vtt", "captions", "captions/fr/subtitles", "chapters.vtt"):
        assert door(driss).get(f"/videos/{video.uid}/{path}").status_code == 404, path
    assert door(driss).get(f"/api/v1/videos/{video.uid}/captions").status_code == 404
    assert door(chloe).get(f"/videos/{video.uid}/transcript").status_code == 200


def test_only_who_may_edit_the_film_edits_its_captions(door: Any, chloe: Any, driss: Any, basile: Any) -> None:
    video = make_video(author=chloe)
    say(video, chloe)
    for path in ("captions", "captions/fr/subtitles", "chapters"):
        assert door(driss).get(f"/videos/{video.uid}/{path}").status_code == 403
        assert door().get(f"/videos/{video.uid}/{path}").status_code == 302
        assert door(chloe).get(f"/videos/{video.uid}/{path}").status_code == 200
    assert door(driss).post(f"/videos/{video.uid}/captions/fr/subtitles/removal").status_code == 403
    assert door(driss).post(f"/videos/{video.uid}/captions/fr/subtitles", {"text": ""}).status_code == 403


def test_a_file_becomes_captions(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    file = SimpleUploadedFile("été.srt", "1\n00:00:01,000 --> 00:00:02,000\nÉté\n".encode("cp1252"))
    answer = door(chloe).post(f"/videos/{video.uid}/captions", {"language": "fr", "kind": "subtitles", "file": file})
    assert answer["location"] == f"/videos/{video.uid}/captions/fr/subtitles"
    caption = Caption.objects.get()
    assert (caption.cues, caption.origin, caption.changed_by) == ([[1000, 2000, "Été", ""]], "uploaded", chloe)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"WEBVTT\n\n00:03.000 --> 00:01.000\nx\n", "Line 3: this text ends (00:00:01.000) before it begins"),
        (b"\x00" * 2000, "This is not a text file."),
        (b"x" * (10 * 1024 * 1024), "This file is too large for captions: at most 2 MB."),
        (b"", "There is no text in it."),
    ],
)
def test_a_file_that_cannot_be_kept_is_told_of(door: Any, chloe: Any, data: bytes, sentence: str) -> None:
    video = make_video(author=chloe)
    given = {"language": "fr", "kind": "subtitles", "file": SimpleUploadedFile("a.vtt", data)}
    answer = door(chloe).post(f"/videos/{video.uid}/captions", given)
    assert answer.status_code == 422
    assert escape(sentence) in answer.content.decode()
    assert not Caption.objects.exists()


def test_without_a_file_an_empty_page_to_write_on_opens(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    answer = door(chloe).post(f"/videos/{video.uid}/captions", {"language": "en", "kind": "captions"}, follow=True)
    assert answer.status_code == 200
    assert Caption.objects.get().length == 0
    say(video, chloe, language="en", kind="captions")
    door(chloe).post(f"/videos/{video.uid}/captions", {"language": "en", "kind": "captions"})
    assert Caption.objects.get().length == 3  # asked again, it opens what is there


def test_the_whole_text_can_be_changed_without_javascript(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    caption = say(video, chloe)
    path = f"/videos/{video.uid}/captions/fr/subtitles"
    html = page(door(chloe), path)
    assert escape("00:00:01.500 --> 00:00:03.000") in html
    text = "WEBVTT\n\n00:00.000 --> 00:01.000\nTout autre chose"
    answer = door(chloe).post(path, {"text": text, "base": caption.version})
    assert answer.status_code == 302
    assert Caption.objects.get().cues == [[0, 1000, "Tout autre chose", ""]]
    answer = door(chloe).post(path, {"text": text + "\n\n00:09 --> x\n", "base": Caption.objects.get().version})
    assert answer.status_code == 422
    assert "Tout autre chose" in answer.content.decode()  # what was written is still there


def test_of_two_editors_the_second_is_told_and_both_texts_stand(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    base = say(video, chloe).version
    say(video, chloe, cues=ENGLISH)
    path = f"/videos/{video.uid}/captions/fr/subtitles"
    answer = door(chloe).post(path, {"text": "WEBVTT\n\n00:00.000 --> 00:01.000\nMien", "base": base})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Mien" in html
    assert "Summer is here" in html
    present = Caption.objects.get()
    assert present.cues[0][2] == "Good morning"
    assert f'value="{present.version}"' in html  # pressed again, it is meant


def test_the_editor_has_the_cues_as_data_that_cannot_act(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    say(video, chloe, cues=[(0, 900, "\"'></textarea><script>alert(1)</script>")])
    html = page(door(chloe), f"/videos/{video.uid}/captions/fr/subtitles")
    assert "<script>alert" not in html
    assert "</textarea><script" not in html


@pytest.mark.parametrize(
    ("form", "type_", "times"), [("vtt", "text/vtt", "00:00:01.500"), ("srt", "subrip", "00:00:01,500")]
)
def test_captions_can_be_taken_away_as_a_file(door: Any, chloe: Any, form: str, type_: str, times: str) -> None:
    video = make_video(author=chloe)
    say(video, chloe)
    answer = door().get(f"/videos/{video.uid}/captions/fr/subtitles.{form}")
    assert type_ in answer["content-type"]
    assert "attachment" in answer["content-disposition"]
    assert times in answer.content.decode()
    assert door().get(f"/videos/{video.uid}/captions/fr/subtitles.exe").status_code == 404


def test_removing_them_asks_for_a_post(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    say(video, chloe)
    path = f"/videos/{video.uid}/captions/fr/subtitles/removal"
    assert door(chloe).get(path).status_code == 405
    assert door(chloe).post(path).status_code == 302
    assert not Caption.objects.exists()


def test_a_transcript_can_be_read_without_javascript(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    say(video, chloe)
    html = page(door(), video.path)
    assert f'href="/videos/{video.uid}/transcript?language=fr"' in html
    html = page(door(), f"/videos/{video.uid}/transcript?language=fr")
    assert f'href="{video.path}?t=1" data-seek="1.500"' in html
    assert "L’été est là &amp; nous aussi" in html
    assert "<b>Ada</b> Bonjour à tous" in html


def test_the_panel_is_the_lines_alone_and_speaks_the_language_asked_for(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    say(video, chloe)
    say(video, chloe, language="en", cues=ENGLISH)
    answer = door().get(f"/videos/{video.uid}/transcript?language=en", headers={"x-requested-with": "fetch"})
    html = answer.content.decode()
    assert "<html" not in html
    assert "Good morning" in html
    assert '<option value="fr">Français</option>' in html


def test_the_pages_ask_a_steady_number_of_questions(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    say(video, chloe)
    few = queries_of(door(), video.path), queries_of(door(chloe), f"/videos/{video.uid}/captions")
    for language in ("en", "de", "it", "es", "pt", "nl"):
        say(video, chloe, language=language)
    assert (queries_of(door(), video.path), queries_of(door(chloe), f"/videos/{video.uid}/captions")) == few
    assert queries_of(door(), f"/videos/{video.uid}/transcript") <= 8


def test_the_page_never_reads_the_cues_themselves(door: Any, chloe: Any, django_assert_max_num_queries: Any) -> None:
    video = make_video(author=chloe)
    say(video, chloe)
    with django_assert_max_num_queries(40) as asked:
        page(door(), video.path)
    assert not any('"assets_caption"."cues"' in each["sql"] for each in asked.captured_queries)


def test_search_finds_what_is_said_and_leads_to_the_moment(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe, title="Sans titre")
    say(video, chloe)
    run_all_tasks()
    html = page(door(), "/search/?q=ETE+nous")
    assert f'href="{video.path}?t=1"' in html
    assert "<mark>été</mark>" in html
    hit = door().get("/api/v1/search?q=bonjour").json()["works"][0]
    assert (hit["id"], hit["said_at"]) == (video.uid, 0)
    assert hit["said_url"] == f"{video.address}?t=0"
    Caption.objects.get().delete()
    keep_captions(video.asset, ENGLISH, language="en", by=chloe)
    run_all_tasks()
    assert not door().get("/api/v1/search?q=bonjour").json()["works"]


def test_a_private_film_is_not_found_by_what_is_said(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe, visibility="private")
    say(video, chloe)
    run_all_tasks()
    assert door().get("/api/v1/search?q=bonjour").json()["total"] == 0


def test_machines_learn_of_chapters(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe, summary="0:00 Le départ\n0:01 La rivière </script>\n0:03 Fin")
    html = page(door(), video.path)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert data
    clips = json.loads(data[1])["hasPart"]
    assert [(clip["name"], clip["startOffset"], clip["endOffset"]) for clip in clips] == [
        ("Le départ", 0, 1),
        ("La rivière", 1, 3),
        ("Fin", 3, 4),
    ]
    assert clips[1]["url"] == f"{video.address}?t=1"
    source = re.search(r'<track kind="chapters" src="([^"]+)"', html)
    assert source
    assert "La rivière" in page(door(), source[1])
    assert 'data-seek="1.000" data-chapter="1"' in html


def test_chapters_by_hand_take_the_place_of_the_descriptions(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe, summary="0:00 Un\n0:01 Deux\n0:02 Trois")
    path = f"/videos/{video.uid}/chapters"
    assert "0:01 Deux" in page(door(chloe), path)
    assert door(chloe).post(path, {"lines": "0:00 One\n0:01 Two\n0:02.5 Three"}).status_code == 302
    html = page(door(), video.path)
    assert "Three" in html
    assert 'data-chapter="2"' in html
    answer = door(chloe).post(path, {"lines": "0:00 One\n0:03 Two\n0:02 Three"})
    assert answer.status_code == 422
    assert "“Three” begins at 0:02, not after “Two” at 0:03" in answer.content.decode()
    door(chloe).post(path, {"lines": ""})
    assert "Trois</span>" in page(door(), video.path)
