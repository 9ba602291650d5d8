"""Small animated pictures, drawn with Pillow: each function takes the time in seconds and gives one frame."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT, RATE = 1280, 720, 25
Colour = tuple[int, int, int]
Draw = Callable[[float], Image.Image]


def city_at_night(t: float) -> Image.Image:
    """Three rows of houses pass at three speeds under a rising moon; windows go on and off."""
    frame = _sky((16, 20, 48), (86, 60, 104)).copy()
    draw = ImageDraw.Draw(frame)
    for x, y, size in _stars():
        draw.ellipse((x, y, x + size, y + size), fill=(230, 226, 255))
    moon = 470 - 16 * t
    frame.paste((255, 236, 200), (900, int(moon - 60), 1020, int(moon + 60)), _disc(120))
    for speed, colour, seed in ((8, (44, 40, 84), 3), (20, (28, 26, 60), 5), (44, (12, 12, 30), 9)):
        strip = _houses(seed, colour)
        shift = int(t * speed) % strip.width
        for start in (-shift, strip.width - shift):
            frame.paste(strip, (start, HEIGHT - strip.height), strip)
    return frame


def hills_at_dawn(t: float) -> Image.Image:
    """Six ranges of hills and a sun that comes up behind them."""
    warm = min(1.0, t / 12)
    frame = _sky(_mix((58, 74, 130), (120, 170, 224), warm), _mix((240, 146, 110), (255, 226, 180), warm)).copy()
    y = int(470 - 22 * t)
    frame.paste((255, 240, 206), (540, y - 80, 700, y + 80), _disc(160))
    draw = ImageDraw.Draw(frame)
    for row in range(6):
        depth = row / 5
        colour = _mix(_mix((150, 130, 170), (190, 180, 190), warm), (24, 44, 52), depth)
        points = [
            (x, 360 + row * 62 + 46 * math.sin(x / (300 - 30 * row) + row * 2.1 + t * (0.03 + 0.05 * depth))
             + 18 * math.sin(x / 83 + row * 5 + t * 0.09 * depth))
            for x in range(-10, WIDTH + 30, 20)
        ]  # fmt: skip
        draw.polygon([*points, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)
    return frame


def snow_village(t: float) -> Image.Image:
    """A street of lit windows under falling snow."""
    frame = _sky((30, 42, 74), (112, 128, 160)).copy()
    draw = ImageDraw.Draw(frame)
    draw.polygon([(0, 560), (320, 470), (700, 540), (1280, 450), (1280, 720), (0, 720)], fill=(206, 216, 234))
    for index, x in enumerate(range(60, 1240, 190)):
        top, colour = 400 + 26 * (index % 3), ((96, 62, 58), (70, 66, 88), (112, 84, 62))[index % 3]
        draw.rectangle((x, top, x + 128, 610), fill=colour)
        draw.polygon([(x - 16, top + 4), (x + 64, top - 74), (x + 144, top + 4)], fill=(236, 240, 250))
        for column in range(2):
            for floor in range(3):
                glow = 205 + int(40 * math.sin(t * 1.3 + index * 2 + floor))
                box = (x + 22 + column * 52, top + 26 + floor * 56, x + 52 + column * 52, top + 60 + floor * 56)
                draw.rectangle(box, fill=(255, glow, 132) if (index * 7 + floor * 3 + column) % 4 else (48, 44, 56))
    draw.rectangle((0, 610, WIDTH, HEIGHT), fill=(232, 238, 248))
    for number in range(260):
        rng = random.Random(number)
        near = rng.random()
        left = (rng.random() * WIDTH + 26 * math.sin(t + number) + t * 14 * near) % WIDTH
        above = (rng.random() * HEIGHT + t * (50 + 130 * near)) % HEIGHT
        size = 2 + 4 * near
        draw.ellipse((left, above, left + size, above + size), fill=(255, 255, 255))
    return frame


def bar_race(t: float) -> Image.Image:
    """Eight bars that overtake one another: what a business desk shows on a Monday."""
    frame = Image.new("RGB", (WIDTH, HEIGHT), (252, 246, 236))
    draw = ImageDraw.Draw(frame)
    for column in range(1, 6):
        draw.line((140 + column * 200, 70, 140 + column * 200, 650), fill=(228, 218, 202), width=2)
    palette = [
        (15, 76, 92),
        (224, 122, 95),
        (61, 64, 91),
        (129, 178, 154),
        (242, 204, 143),
        (178, 58, 72),
        (84, 106, 123),
        (160, 128, 96),
    ]
    values = [
        220 + 60 * n % 130 + t * (26 + 9 * math.sin(n * 2.3)) + 70 * math.sin(t * 0.5 + n * 1.7) for n in range(8)
    ]
    order = sorted(range(8), key=lambda n: -values[n])
    for n, value in enumerate(values):
        place = _eased_place(n, order, t, values)
        y = 84 + place * 70
        draw.rounded_rectangle((140, y, 140 + value * 1.75, y + 46), 6, fill=palette[n])
        draw.ellipse((76, y + 3, 116, y + 43), fill=palette[n])
        draw.ellipse((86, y + 13, 106, y + 33), fill=(252, 246, 236))
    return frame


def market_day(t: float) -> Image.Image:
    """A curve that is drawn from morning to evening, with its area and its moving point."""
    frame = Image.new("RGB", (WIDTH, HEIGHT), (14, 26, 36))
    draw = ImageDraw.Draw(frame)
    for line in range(1, 7):
        draw.line((0, line * 102, WIDTH, line * 102), fill=(28, 46, 60), width=2)
    done = min(1.0, 0.08 + t / 11)
    points = [(x, _price(x)) for x in range(0, int(WIDTH * done), 6)]
    draw.polygon([*points, (points[-1][0], HEIGHT), (0, HEIGHT)], fill=(20, 66, 78))
    draw.line(points, fill=(94, 234, 198), width=5, joint="curve")
    x, y = points[-1]
    halo = 16 + 6 * math.sin(t * 6)
    draw.ellipse((x - halo, y - halo, x + halo, y + halo), outline=(94, 234, 198), width=2)
    draw.ellipse((x - 8, y - 8, x + 8, y + 8), fill=(236, 255, 249))
    for column in range(0, int(WIDTH * done), 34):
        height = 18 + 60 * abs(math.sin(column * 0.37)) + 20 * abs(math.sin(column * 1.9))
        draw.rectangle((column, HEIGHT - height, column + 18, HEIGHT), fill=(38, 88, 100))
    return frame


def paper_waves(t: float) -> Image.Image:
    """Sheets of cut paper that roll like a sea."""
    frame = _sky((255, 214, 186), (255, 244, 226)).copy()
    frame.paste((246, 98, 80), (880, 90, 1060, 270), _disc(180))
    draw = ImageDraw.Draw(frame)
    shades = [(168, 218, 220), (112, 182, 200), (69, 143, 178), (44, 104, 150), (29, 71, 116), (20, 48, 86)]
    for row, colour in enumerate(shades):
        points = [
            (x, 330 + row * 66 + (34 - 2 * row) * math.sin(x / (150 + 12 * row) + t * (0.5 + 0.16 * row) + row))
            for x in range(-10, WIDTH + 30, 14)
        ]
        draw.polygon([*points, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)
        draw.line(points, fill=_mix(colour, (255, 255, 255), 0.5), width=3)
    return frame


def blackboard(t: float) -> Image.Image:
    """Chalk draws a rosette, one point after another: what was seen from the back of the class."""
    frame = _board().copy()
    draw = ImageDraw.Draw(frame)
    count = int(min(1.0, 0.05 + t / 10) * 1600)
    for part, (k, radius, colour) in enumerate(
        ((7 / 3, 250, (240, 240, 232)), (5 / 2, 190, (255, 214, 140)), (9 / 4, 120, (160, 214, 226)))
    ):
        points = []
        for step in range(count):
            angle = step / 1600 * 2 * math.pi * 3 + part
            r = radius * (0.55 + 0.45 * math.cos(k * angle))
            points.append((640 + r * 1.25 * math.cos(angle), 360 + r * math.sin(angle)))
        if len(points) > 1:
            draw.line(points, fill=colour, width=3, joint="curve")
    return frame


def lanterns(t: float) -> Image.Image:
    """Paper lanterns rise over a lake and are seen in it."""
    frame = _sky((18, 12, 40), (70, 34, 66)).copy()
    for number in range(34):
        rng = random.Random(number + 40)
        near = 0.35 + 0.65 * rng.random()
        x = rng.random() * WIDTH + 18 * math.sin(t * 0.6 + number)
        y = (rng.random() * 900 - t * 34 * near) % 900 - 120
        size = int(34 * near)
        if y < 520:
            glow = _glow(size)
            frame.paste((255, 170, 80), (int(x), int(y)), glow)
            frame.paste((150, 80, 60), (int(x), int(1080 - y * 1.05) - size), glow.point(lambda v: v // 3))
    ImageDraw.Draw(frame).rectangle((0, 520, WIDTH, 523), fill=(96, 60, 90))
    return frame


def vinyl(t: float) -> Image.Image:
    """A record that turns, its light in two cones."""
    frame = _sky((196, 70, 48), (104, 26, 40)).copy()
    draw = ImageDraw.Draw(frame)
    draw.ellipse((330, 50, 950, 670), fill=(16, 14, 18))
    for radius in range(130, 306, 7):
        shade = 26 + (radius % 3) * 8
        draw.ellipse((640 - radius, 360 - radius, 640 + radius, 360 + radius), outline=(shade, shade, shade + 4))
    for turn in (0, 180):
        for width, shade in ((26, 40), (16, 58), (7, 84)):
            draw.pieslice((342, 62, 938, 658), 28 + turn - width, 28 + turn + width, fill=(shade, shade - 4, shade))
    draw.ellipse((525, 245, 755, 475), fill=(244, 196, 72))
    angle = t * 3.5
    for spoke in range(3):
        a = angle + spoke * 2 * math.pi / 3
        draw.line((640, 360, 640 + 96 * math.cos(a), 360 + 96 * math.sin(a)), fill=(166, 52, 44), width=10)
    draw.ellipse((612, 332, 668, 388), fill=(166, 52, 44))
    draw.ellipse((631, 351, 649, 369), fill=(250, 240, 220))
    swing = 4 * math.sin(t * 0.8)
    draw.line((1050, 110, 1030, 420 + swing, 905, 520 + swing), fill=(232, 226, 216), width=12, joint="curve")
    draw.ellipse((1018, 78, 1082, 142), fill=(250, 246, 238))
    return frame


def strings(t: float) -> Image.Image:
    """Twelve strings plucked one after another."""
    frame = _sky((10, 12, 22), (30, 22, 44)).copy()
    draw = ImageDraw.Draw(frame)
    for n in range(12):
        since = (t - n * 0.23) % 2.76
        force = 46 * math.exp(-1.5 * since)
        colour = _mix((255, 196, 120), (142, 120, 255), n / 11)
        y = 90 + n * 49
        points = [
            (
                x,
                y
                + force
                * math.sin(math.pi * x / WIDTH)
                * math.sin(math.pi * (2 + n % 3) * x / WIDTH)
                * math.cos(since * (16 + n)),
            )
            for x in range(0, WIDTH + 16, 16)
        ]
        draw.line(
            points,
            fill=_mix((60, 54, 84), colour, min(1.0, 0.35 + force / 40)),
            width=3 + int(force / 14),
            joint="curve",
        )
    return frame


def equaliser(t: float) -> Image.Image:
    """Columns of light that dance to a beat of two a second."""
    frame = Image.new("RGB", (WIDTH, HEIGHT), (9, 10, 16))
    draw = ImageDraw.Draw(frame)
    beat = abs(math.sin(t * 2 * math.pi)) ** 0.6
    for n in range(32):
        level = (
            0.24
            + 0.34 * abs(math.sin(t * (1.7 + n % 5 * 0.6) + n * 1.31))
            + 0.34 * beat * math.exp(-(((n - 9) / 9) ** 2))
        )
        lit = int(min(1.0, level) * 22)
        for row in range(24):
            colour = _mix((36, 214, 190), (255, 70, 120), row / 22) if row < lit else (20, 22, 32)
            x, y = 34 + n * 38, HEIGHT - 52 - row * 27
            draw.rounded_rectangle((x, y - 18, x + 28, y), 4, fill=colour)
    return frame


DRAWINGS: dict[str, Draw] = {
    draw.__name__: draw
    for draw in (
        city_at_night,
        hills_at_dawn,
        snow_village,
        bar_race,
        market_day,
        paper_waves,
        blackboard,
        lanterns,
        vinyl,
        strings,
        equaliser,
    )
}


# ── What the drawings share ──────────────────────────────────────────────────────────────────────────────────────────
def _mix(one: Colour, other: Colour, share: float) -> Colour:
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))  # type: ignore[return-value]


@lru_cache(maxsize=64)
def _sky(top: Colour, bottom: Colour) -> Image.Image:
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        column.putpixel((0, y), _mix(top, bottom, y / HEIGHT))
    return column.resize((WIDTH, HEIGHT))


@lru_cache
def _disc(size: int) -> Image.Image:
    big = Image.new("L", (size * 4, size * 4))
    ImageDraw.Draw(big).ellipse((0, 0, size * 4 - 1, size * 4 - 1), fill=255)
    return big.resize((size, size), Image.Resampling.LANCZOS)


@lru_cache
def _glow(size: int) -> Image.Image:
    lamp = Image.new("L", (size * 3, size * 3))
    ImageDraw.Draw(lamp).rounded_rectangle((size, size * 0.8, size * 2, size * 2.2), size * 0.35, fill=255)
    halo = lamp.filter(ImageFilter.GaussianBlur(size * 0.5))
    return Image.composite(lamp, halo, lamp)


@lru_cache
def _stars() -> list[tuple[float, float, float]]:
    rng = random.Random(1)
    return [(rng.random() * WIDTH, rng.random() * 420, rng.choice((1, 1, 2, 3))) for _ in range(120)]


@lru_cache
def _houses(seed: int, colour: Colour) -> Image.Image:
    rng = random.Random(seed)
    strip = Image.new("RGBA", (WIDTH * 2, 460))
    draw = ImageDraw.Draw(strip)
    x = 0
    while x < strip.width:
        wide, high = rng.randint(60, 150), rng.randint(120, 270 + 16 * seed)
        draw.rectangle((x, 460 - high, x + wide, 460), fill=colour)
        for left in range(x + 12, x + wide - 14, 22):
            for top in range(460 - high + 14, 450, 30):
                if rng.random() < 0.42:
                    light = rng.choice(((255, 214, 130), (255, 190, 110), (180, 214, 255)))
                    draw.rectangle((left, top, left + 10, top + 15), fill=light)
        x += wide + rng.randint(0, 14)
    return strip


@lru_cache
def _board() -> Image.Image:
    board = _sky((30, 54, 48), (24, 44, 40)).copy()
    dust = Image.effect_noise((WIDTH // 4, HEIGHT // 4), 30).resize((WIDTH, HEIGHT)).filter(ImageFilter.GaussianBlur(6))
    board = Image.composite(
        board, Image.new("RGB", board.size, (92, 116, 108)), dust.point(lambda v: 255 if v < 118 else 236)
    )
    ImageDraw.Draw(board).rectangle((0, 0, WIDTH - 1, HEIGHT - 1), outline=(120, 84, 52), width=22)
    return board


def _price(x: float) -> float:
    return 430 - x * 0.14 + 70 * math.sin(x / 140) + 30 * math.sin(x / 47 + 1) + 12 * math.sin(x / 13)


def _eased_place(n: int, order: list[int], t: float, values: list[float]) -> float:
    """A bar's place moves smoothly: it counts how far the others are ahead, not only whether they are."""
    return sum(1 / (1 + math.exp(-(values[m] - values[n]) / 6)) for m in range(8) if m != n)
