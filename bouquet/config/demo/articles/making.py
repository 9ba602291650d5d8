"""What a demo article is written with: a word for each sort of block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Block = tuple[str, Any]


@dataclass(frozen=True)
class DemoArticle:
    site: str
    section: str
    title: str
    lead: str
    signed: tuple[str, ...]
    picture: str  # a name of pictures.py
    body: tuple[Block, ...]
    form: str = "news"
    caption: str = ""
    themes: str = ""
    series: str = ""
    days: float = 1.0  # how long ago it was published
    revised: float = 0.0  # … and updated; 0: never
    corrections: tuple[tuple[float, str], ...] = ()  # days ago, and what was wrong
    likes: tuple[str, ...] = ()
    says: tuple[tuple[str, str], ...] = ()  # who comments, and what
    votes: tuple[tuple[str, int], ...] = ()  # who votes in its poll, and for which answer


def text(*paragraphs: str) -> Block:
    """A paragraph each; one that begins with “## ” is a heading."""
    return "text", "".join(
        f"<h2>{each[3:]}</h2>" if each.startswith("## ") else f"<p>{each}</p>" for each in paragraphs
    )


def quote(words: str, by: str = "") -> Block:
    return "quote", {"words": words, "by": by}


def facts(title: str, *lines: str) -> Block:
    return "facts", {"title": title, "text": "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"}


def table(title: str, cells: str, source: str = "") -> Block:
    return "table", {"title": title, "cells": cells, "source": source}


def chapter(title: str) -> Block:
    return "chapter", {"title": title}


def asked(question: str, answer: str) -> Block:
    return "question", {"question": question, "answer": f"<p>{answer}</p>"}


def picture(name: str, caption: str = "", width: str = "wide") -> Block:
    """`name` of pictures.py."""
    return "picture", {"picture": name, "caption": caption, "alternative": "", "width": width}


def gallery(title: str, *shown: tuple[str, str]) -> Block:
    """Names of pictures.py, each with its caption."""
    hung = [{"picture": name, "caption": caption, "alternative": ""} for name, caption in shown]
    return "gallery", {"title": title, "pictures": hung}


def poll(question: str, *answers: str, days: float = 12.0, results_first: bool = False) -> Block:
    """Open for so many days from when it is written."""
    return "poll", {"question": question, "answers": list(answers), "closes_at": days, "results_first": results_first}


def film(name: str, caption: str = "") -> Block:
    """`name` of a film of the demo."""
    return "work", {"work": name, "caption": caption}
