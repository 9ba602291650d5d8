"""The same words and pictures for both sites: written into a folder, read by the process that fills each."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

ARTICLES = 24
PICTURES = 6
SIZE = (1280, 720)
WORDS = (
    "harbour dawn market river concert kitchen bicycle garden mountain winter portrait night train theatre village"
    " orchard bridge festival studio island workshop library storm valley bakery museum coast forest parade atelier"
).split()


def write_content(folder: Path) -> None:
    chance = random.Random(7)  # noqa: S311 (the same words in every run)
    for number in range(PICTURES):
        _draw(chance).save(folder / f"{number}.jpg", quality=85)
    articles = [_article(number, chance) for number in range(ARTICLES)]
    (folder / "content.json").write_text(json.dumps({"articles": articles, "authors": ["Ida Roux", "Paul Brun"]}))


def read_content(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "content.json").read_text())
    return found


def _draw(chance: random.Random) -> Image.Image:
    image = Image.new("RGB", SIZE, f"hsl({chance.randrange(360)}, 40%, 60%)")
    draw = ImageDraw.Draw(image)
    for _each in range(60):
        x, y, r = chance.randrange(SIZE[0]), chance.randrange(SIZE[1]), chance.randrange(10, 160)
        draw.ellipse(
            (x - r, y - r, x + r, y + r), fill=f"hsl({chance.randrange(360)}, 50%, {chance.randrange(20, 90)}%)"
        )
    return image


def _article(number: int, chance: random.Random) -> dict[str, Any]:
    def words(count: int) -> str:
        return " ".join(chance.choice(WORDS) for _each in range(count)).capitalize() + "."

    def text(paragraphs: int) -> str:
        link = '<a href="https://example.org/">elsewhere</a>'
        return "".join(f"<p>{words(40)} <b>{words(3)}</b> {link} {words(20)}</p>" for _each in range(paragraphs))

    return {
        "title": f"{words(5).rstrip('.')} {number}",
        "lead": words(30),
        "picture": number % PICTURES,
        "themes": [WORDS[number % 5], WORDS[5 + number % 3]],
        "body": [
            ["text", text(3)],
            ["picture", {"picture": (number + 1) % PICTURES, "caption": words(8)}],
            ["text", "<h2>" + words(4) + "</h2>" + text(2)],
            ["quote", {"words": words(18), "by": words(2)}],
            ["facts", {"title": words(4), "text": text(1)}],
            ["picture", {"picture": (number + 2) % PICTURES, "caption": words(8)}],
            ["question", {"question": words(10), "answer": text(1)}],
            [
                "table",
                {"title": words(5), "cells": "\n".join("\t".join(words(1) for _c in range(4)) for _r in range(8))},
            ],
            ["text", text(2)],
        ],
    }
