"""Basile writes as people write: words pasted from a word processor and from a page, pictures dropped between them."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys import newsdesk
from tests.journeys.conftest import PATIENCE, RunningNetwork
from tests.journeys.newsdesk import BASILE, sign_in_there
from tests.journeys.people import FRONT, listen

pytestmark = [pytest.mark.journey]
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0cm}</style></head>
<body><!--StartFragment--><h1>At the quay<o:p></o:p></h1>
<p class=MsoNormal>A <b>bold</b> word, <span style='color:red'>a red one</span>,
<a href="javascript:alert(1)">a trap</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>First</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Second</p>
<table><tr><td>Monday</td><td>4 boats</td></tr></table><script>window.stung = 1</script><!--EndFragment-->
</body></html>"""
GOOGLE = """<b style="font-weight:normal" id="docs-internal-guid-1">
<h2><span style="font-weight:400">By night</span></h2>
<p><span style="font-weight:400">Plain, </span><span style="font-weight:700">strong</span><span>, </span><span
style="font-style:italic">slanted</span></p><ul><li><p><span>One</span></p></li></ul></b>"""
PASTE = """(place, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  place.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
DROP = """(place, [name, bytes]) => {
  const dataTransfer = new DataTransfer();
  const file = Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0));
  dataTransfer.items.add(new File([file], name, { type: "image/jpeg" }));
  const clientY = place.getBoundingClientRect().bottom - 3;
  for (const what of ["dragover", "drop"])
    place.dispatchEvent(new DragEvent(what, { dataTransfer, bubbles: true, cancelable: true, clientY }));
}"""
ANSWERED = "!document.querySelector('.bq-drop') || document.querySelector('.bq-drop__wrong')?.textContent"
WRITTEN = "input[type=hidden][name='body-0-value']"


def test_words_are_pasted_and_a_picture_is_dropped(network: RunningNetwork, chromium: Browser, tmp_path: Path) -> None:
    newsroom = newsdesk.found_newsroom(network)
    context = chromium.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    try:
        sign_in_there(page, network, BASILE)
        page.add_init_script("addEventListener('w-unsaved:clear', () => { window.deskLooks = true }, true)")
        page.goto(network.url(FRONT, f"/admin/pages/add/articles/articlepage/{newsroom.section}/"))
        # Two seconds after it is there Wagtail takes down what the form says; nobody writes all this before that.
        page.wait_for_function("window.deskLooks")
        problems = listen(page)
        page.locator("[name=title]").fill("What was pasted")
        text = page.locator("[data-streamfield-child] [role=textbox]").first  # the first one is open already
        text.click()
        for words in (WORD, GOOGLE):
            text.evaluate(PASTE, words)
            page.keyboard.press("Enter")
        expect(text.get_by_text("One", exact=True)).to_be_visible()
        assert _lines(page) == [
            ("header-two", "At the quay", []),
            ("unstyled", "A bold word, a red one, a trap.", ["BOLD bold"]),
            ("unordered-list-item", "First", []),
            ("unordered-list-item", "Second", []),
            ("unstyled", "Monday · 4 boats", []),
            ("header-two", "By night", []),
            ("unstyled", "Plain, strong, slanted", ["BOLD strong", "ITALIC slanted"]),
            ("unordered-list-item", "One", []),
            ("unordered-list-item", "", []),  # where the keyboard stands
        ]
        assert page.evaluate("window.stung") is None
        _drop_picture(page, text, tmp_path / "boats.jpg")
        expect(page.locator("[data-streamfield-child]").nth(1).get_by_text("boats").first).to_be_visible()
        page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/$"))  # saved by itself
        assert problems == []
    finally:
        context.close()


def _drop_picture(page: Page, text: Any, file: Path) -> None:
    """Not kept before it is said who made it, under which licence, and what it shows."""
    Image.new("RGB", (64, 36), "#345678").save(file)
    text.evaluate(DROP, [file.name, base64.b64encode(file.read_bytes()).decode()])
    sheet = page.get_by_role("dialog")
    send = sheet.get_by_role("button", name="Put them into the text")
    for label, words in (("Credit", "Nadar"), ("Licence", "CC0"), ("What it shows", "Boats")):
        send.click()
        expect(sheet).to_be_visible()
        sheet.get_by_label(label).fill(words)
    send.click()
    page.wait_for_function(
        "!document.querySelector('.bq-drop') || document.querySelector('.bq-drop__wrong')?.textContent"
    )
    assert sheet.locator(".bq-drop__wrong").all_inner_texts() == []


def _lines(page: Page) -> list[tuple[str, str, list[str]]]:
    """(what it is, its words, what in it is bold or slanted) of each line of the first text."""
    expect(page.locator(WRITTEN)).to_have_value(re.compile("slanted"))  # the editor writes it down after a moment
    found = []
    for line in json.loads(page.locator(WRITTEN).input_value())["blocks"]:
        words = line["text"]
        marks = [f"{each['style']} {words[each['offset'] :][: each['length']]}" for each in line["inlineStyleRanges"]]
        found.append((line["type"], words, sorted(marks)))
    return found
