"""Takes the pictures of the README and the manual anew, from a demo network that runs and whose films are ready:

    make run PORT=8000            (elsewhere)
    .venv/bin/python docs/pictures/take.py 8000 [name …]

Each function below is one picture. They change little: a list of Chloé's, what she has watched.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
PORT = sys.argv[1] if len(sys.argv) > 1 else "8000"
CHROMIUM = os.environ.get("BOUQUET_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
MAIN, VIDEO, DAILY = "bouquet.localhost", "video.bouquet.localhost", "economie.bouquet.localhost"
MAGAZINE = "magazine.bouquet.localhost"
LARGE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
FILM = "Le réveil du lapin"
SHOTS: dict[str, tuple[Callable[[Page], Any], dict[str, Any]]] = {}


def picture(name: str, *, who: str = "", phone: bool = False, tall: bool = False) -> Callable[..., Any]:
    def keep(take: Callable[[Page], Any]) -> Callable[[Page], Any]:
        SHOTS[name] = take, {"who": who, "phone": phone, "tall": tall}
        return take

    return keep


@picture("front", tall=True)
def front(page: Page) -> None:
    page.goto(url(MAIN))


@picture("economie")
def economie(page: Page) -> None:
    page.goto(url(DAILY))


@picture("video")
def video(page: Page) -> None:
    page.goto(url(VIDEO))


@picture("article", tall=True)
def article(page: Page) -> None:
    """A part of a series."""
    page.goto(url(MAGAZINE, "/articles/"))
    page.get_by_role("link", name="Sur le dernier bac du delta", exact=True).first.click()
    page.locator(".article__picture img").wait_for()


@picture("write", who="ada", tall=True)
def write(page: Page) -> None:
    """An article on the desk."""
    page.goto(url(MAGAZINE, "/admin/articles_desk/?q=dernier+bac"))
    page.get_by_role("link", name="Sur le dernier bac du delta").first.click()
    page.locator("[name=title]").wait_for()


@picture("album", tall=True)
def album(page: Page) -> None:
    page.goto(url(MAGAZINE, "/photos/"))
    page.locator("main a.card__link").first.click()


@picture("letter", who="ada", tall=True)
def letter(page: Page) -> None:
    """What the machine drafted, before somebody's word."""
    page.goto(url(MAIN, "/admin/newsletters/"))
    page.get_by_role("link", name="Le cahier de septembre").first.click()
    page.locator("main a[href*='/issues/']").first.click()


@picture("watch", tall=True)
def watch(page: Page) -> None:
    _watch(page)
    _stand_at(page, 2.2)
    page.locator(".player__line").hover(position={"x": 600, "y": 12})


@picture("player", who="chloe", tall=True)
def player(page: Page) -> None:
    """Settings open, captions on."""
    page.context.add_cookies([{"name": "bq_theatre", "value": "1", "url": url(VIDEO)}])
    _watch(page, "Sept heures, place de la gare")
    _stand_at(page, 2.2)
    page.keyboard.press("c")
    page.locator("[data-player-target=menuButton]").click()


@picture("phone", phone=True)
def phone(page: Page) -> None:
    _watch(page)
    _stand_at(page, 2.2)


@picture("send", who="chloe")
def send(page: Page) -> None:
    page.goto(url(VIDEO, "/videos/new/"))


@picture("studio", who="chloe")
def studio(page: Page) -> None:
    page.goto(url(VIDEO, "/videos/mine/"))
    page.locator(".my-video__choose").first.check()


@picture("edit", who="chloe", tall=True)
def edit(page: Page) -> None:
    _mine(page, "edit")


@picture("captions", who="chloe")
def captions(page: Page) -> None:
    _mine(page, "captions")
    page.locator(".caption-list__one a").first.click()
    page.locator(".cue__button").nth(1).click()
    page.locator("video").evaluate(
        "async film => { while (film.readyState < 2) await new Promise(go => setTimeout(go, 50)); }"
    )


@picture("trim", who="chloe")
def trim(page: Page) -> None:
    _mine(page, "trimming")
    page.locator("[data-trim-target=start]").fill("1.5")
    page.locator("video").evaluate(
        "async film => { while (film.readyState < 2) await new Promise(go => setTimeout(go, 50)); }"
    )


@picture("numbers", who="chloe", tall=True)
def numbers(page: Page) -> None:
    page.goto(url(VIDEO, "/videos/mine/?q=lapin"))
    page.locator(".my-video a[href*='/numbers']").first.click()
    page.locator(".numbers-page").wait_for()


@picture("playlist", who="chloe", tall=True)
def playlist(page: Page) -> None:
    """A list of four films, in order; begun, so that it stands beside the film."""
    page.goto(url(VIDEO, "/videos/all/"))
    films = [link.get_attribute("href") for link in page.locator("a.card__link").all()[:4]]
    for number, film in enumerate(films):
        page.goto(url(VIDEO, film or "/"))
        page.locator("[popovertarget^=keep-]").first.click()
        mine = page.locator(".membership__list button").filter(has_text="Dimanche soir")
        if not number and not mine.count():
            page.locator(".membership__new input[name=name]").fill("Dimanche soir")
            page.locator(".membership__new input[name=name]").press("Enter")
        elif mine.get_attribute("aria-pressed") == "false":
            mine.click()
        page.locator(".membership__list button[aria-pressed=true]").filter(has_text="Dimanche soir").wait_for()
    page.goto(url(VIDEO, "/me/collections/"))
    page.get_by_role("link", name="Dimanche soir").first.click()


@picture("search")
def search(page: Page) -> None:
    page.goto(url(MAIN, "/search/?q=la"))


@picture("trends")
def trends(page: Page) -> None:
    page.goto(url(VIDEO, "/videos/all/?order=trending"))


@picture("imports", who="chloe")
def imports(page: Page) -> None:
    page.goto(url(VIDEO, "/videos/imports/new/"))


@picture("desk", who="ada")
def desk(page: Page) -> None:
    page.goto(url(MAIN, "/admin/"))


@picture("moderation", who="ada")
def moderation(page: Page) -> None:
    """Shows more where a comment was reported before."""
    page.goto(url(MAIN, "/admin/comments/"))


@picture("queue", who="ada")
def queue(page: Page) -> None:
    page.goto(url(MAIN, "/admin/tasks/"))


def url(host: str, path: str = "/") -> str:
    return f"http://{host}:{PORT}{path}"


def _watch(page: Page, title: str = FILM) -> None:
    page.goto(url(VIDEO, "/videos/all/"))
    page.get_by_role("link", name=title, exact=True).first.click()
    page.locator(".player--own").wait_for()


def _stand_at(page: Page, seconds: float) -> None:
    """Played so far, the controls in sight."""
    page.locator(".player__begin").click()
    page.wait_for_timeout(500)
    page.evaluate("seconds => { document.querySelector('.player video').currentTime = seconds; }", seconds)
    page.wait_for_timeout(1500)
    page.evaluate("document.querySelector('.player video').pause()")


def _mine(page: Page, part: str) -> None:
    """A page of the studio, of the film that has captions if one of hers has."""
    page.goto(url(VIDEO, "/videos/mine/?q=lapin"))
    uid = page.locator(".my-video").first.get_attribute("data-uid")
    page.goto(url(VIDEO, f"/videos/{uid}/{part}"))


def _open(browser: Browser, *, who: str, phone: bool, tall: bool) -> Page:
    size = PHONE if phone else {**LARGE, "height": 1000 if tall else 900}
    looks: dict[str, Any] = {"viewport": size, "locale": "fr-FR", "color_scheme": "dark" if phone else "light"}
    context = browser.new_context(**looks, is_mobile=phone, has_touch=phone, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = context.new_page()
    if who:
        page.goto(url(VIDEO, "/accounts/login/"))
        page.locator("input[type=email]").fill(f"{who}@bouquet.example")
        page.locator("input[type=password]").fill("bouquet-demo")
        page.keyboard.press("Enter")
        page.locator(".network-bar__account").wait_for()
    return page


def _keep(page: Page, name: str, *, phone: bool) -> None:
    with suppress(Exception):
        page.wait_for_load_state("networkidle", timeout=4000)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(500)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    if not phone:
        shot = shot.resize((1200, round(shot.height * 1200 / shot.width)), Image.Resampling.LANCZOS)
    shot.save(HERE / f"{name}.webp", quality=80, method=6)


def main() -> None:
    wanted = sys.argv[2:] or list(SHOTS)
    with sync_playwright() as playwright:
        arguments = [
            "--no-sandbox",
            "--disable-quic",
            "--disable-background-networking",
            "--autoplay-policy=no-user-gesture-required",
        ]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        for name in wanted:
            take, looks = SHOTS[name]
            page = _open(browser, **looks)
            take(page)
            _keep(page, name, phone=looks["phone"])
            page.context.close()
            sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
