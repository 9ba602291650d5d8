"""The text of a cue. A few tags of WebVTT §4.2.2 are kept; every other sign stands for itself and can do nothing.

In rows the text is as people write it (`Tom & <i>Jerry</i>`); escaped it is only in the file that players read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

TAGS = ("b", "i", "u", "v", "c", "lang", "ruby", "rt")
TAG = re.compile(
    r"<(?P<close>/?)(?P<name>v|c|b|i|u|lang|ruby|rt)(?P<classes>(?:\.[\w-]{1,32}){0,4})(?P<more>[ \t][^<>\n]{0,120})?>"
)
STRANGE = re.compile(r"</?[A-Za-z!?][^<>]*>|<\d[\d:.]*>|\{\\[^{}]{0,80}\}")  # HTML, karaoke times, SubStation codes
ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|lrm|rlm);")
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
WITH_WORDS = ("v", "lang")  # tags whose meaning is in what follows the name


def clean_text(text: str) -> str:
    """What is kept: no control or direction-changing sign, no empty line, no strange tag, arrows that end nothing."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(each for each in text if each == "\n" or each == "\t" or not _is_strange(each))
    for _pass in range(4):  # what is left may have become a tag: <scr<b>ipt>
        bare = STRANGE.sub(lambda found: found[0] if TAG.fullmatch(found[0]) else "", text)
        if bare == text:
            break
        text = bare
    lines = (" ".join(line.split()) for line in text.replace("-->", "→").split("\n"))
    return "\n".join(line for line in lines if line)


def from_vtt(text: str) -> str:
    """The text of a WebVTT cue, with its few entities as the signs they mean."""
    return ENTITY.sub(lambda found: unescape(found[0]).replace("\xa0", " "), text)


def as_vtt(text: str) -> str:
    """For a file: tags closed in order, every other sign escaped."""
    written, opened = [], []
    for piece, tag in _pieces(text):
        if tag is None:
            written.append("".join(ESCAPES.get(each, each) for each in piece))
        elif not tag["close"]:
            opened.append(tag["name"])
            written.append(_opening(tag))
        elif tag["name"] in opened:
            while (name := opened.pop()) != tag["name"]:
                written.append(f"</{name}>")
            written.append(f"</{tag['name']}>")
    return "".join([*written, *(f"</{name}>" for name in reversed(opened))])


def plain(text: str) -> str:
    """Words only, on one line: for a transcript and for search."""
    return " ".join("".join(piece for piece, tag in _pieces(text) if tag is None).split())


def speaker(text: str) -> str:
    """Who speaks, where the text says so: `<v Ada>Good evening`."""
    found = TAG.match(text.lstrip())
    return (found["more"] or "").strip() if found and found["name"] == "v" and not found["close"] else ""


def _opening(tag: re.Match[str]) -> str:
    words = (tag["more"] or "").strip() if tag["name"] in WITH_WORDS else ""
    safe = "".join(ESCAPES.get(each, each) for each in words)
    return f"<{tag['name']}{tag['classes']}{' ' + safe if safe else ''}>"


def _pieces(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    end = 0
    for tag in TAG.finditer(text):
        if tag.start() > end:
            yield text[end : tag.start()], None
        yield tag[0], tag
        end = tag.end()
    if end < len(text):
        yield text[end:], None


def _is_strange(each: str) -> bool:
    category = unicodedata.category(each)
    if category == "Cf":
        return each not in "\u200c\u200d\u200e\u200f"  # joiners and marks that Arabic, Persian and emoji need
    return category in ("Cc", "Cs", "Co", "Zl", "Zp")
