"""What a browser fetches for a page, what moves meanwhile, what its largest paint waits for. Beside a served network:

    python -m tests.journeys.loading [--write] http://magazine.bouquet.localhost:8000/ …

On a slow telephone line (150 ms, 1.6 Mbit/s, as Lighthouse has it), with an empty cache, on a phone and on a desktop;
the page is not scrolled: what comes nearer fetches more.
`--write` keeps the table in docs/running/measurements/pages.md.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.conftest import ARGUMENTS, CHROMIUM, ROOT

KEPT = ROOT / "docs" / "running" / "measurements" / "pages.md"
BEGIN, END = "<!-- loading -->", "<!-- /loading -->"
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SCREENS = {"phone": (390, 844), "desktop": (1440, 900)}
# Every shift since the page began, but for what a reader's own click moved. https://w3c.github.io/layout-instability/
SHIFTS = """() => new Promise(done => {
    const found = [];
    const note = list => list.getEntries().filter(each => !each.hadRecentInput).forEach(each => found.push({
        value: each.value, what: each.sources.map(source => source.node?.className ?? source.node?.nodeName ?? "")}));
    new PerformanceObserver(note).observe({type: "layout-shift", buffered: true});
    document.fonts.ready.then(() => setTimeout(() => done(found), 100));
})"""
LARGEST = """() => new Promise(done => new PerformanceObserver(list => {
    const last = list.getEntries().at(-1);
    done({at: last.startTime, url: last.url, what: last.element?.className ?? ""});
}).observe({type: "largest-contentful-paint", buffered: true}))"""


@dataclass
class Loaded:
    """Bytes on the line by sort; who asked for what; what moved."""

    name: str
    bytes: dict[str, int] = field(default_factory=dict)
    asked_by: dict[str, str] = field(default_factory=dict)
    shift: float = 0.0
    largest: dict[str, Any] = field(default_factory=dict)

    @property
    def without_pictures(self) -> int:
        return sum(size for sort, size in self.bytes.items() if sort != "picture")

    @property
    def chain(self) -> str:
        """From the page to its largest paint, each step asked for by the one before."""
        url, steps = self.largest["url"], []
        while url and len(steps) < 6:
            steps.append(urlsplit(url).path.rpartition("/")[2] or "page")
            url = self.asked_by.get(url, "")
        return " → ".join(reversed(steps)) if steps else "page (text)"


def shifts(page: Page) -> float:
    """The sum of all layout shifts so far."""
    return sum(each["value"] for each in page.evaluate(SHIFTS))


def load(browser: Browser, address: str, screen: str) -> Loaded:
    width, height = SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=2)
    parts = urlsplit(address)
    try:
        page = context.new_page()
        loaded = listen(page, f"{parts.hostname}{unquote(parts.path).rstrip('/')} {screen}", SLOW)
        page.goto(address, wait_until="networkidle")
        loaded.largest = page.evaluate(LARGEST)
        loaded.shift = shifts(page)
    finally:
        context.close()
    return loaded


def listen(page: Page, name: str, line: dict[str, Any] | None = None) -> Loaded:
    """What comes over the line from now on, heads included."""
    loaded, heard, sorts = Loaded(name), page.context.new_cdp_session(page), {}

    def asked(event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        sorts[event["requestId"]] = _sort(event["type"], url)
        loaded.asked_by[url] = event["initiator"].get("url", "")

    def came(event: dict[str, Any]) -> None:
        sort = sorts.get(event["requestId"], "other")
        loaded.bytes[sort] = loaded.bytes.get(sort, 0) + round(event["encodedDataLength"])

    heard.on("Network.requestWillBeSent", asked)
    heard.on("Network.loadingFinished", came)
    heard.send("Network.enable")
    if line:
        heard.send("Network.emulateNetworkConditions", line)
    return loaded


def _sort(kind: str, url: str) -> str:
    path = urlsplit(url).path
    if (kind == "Image" and not path.startswith("/static/")) or kind == "Media":
        return "picture"
    known = {"Document": "page", "Stylesheet": "styles", "Script": "scripts", "Font": "letters"}
    return known.get(kind, "icons" if path.endswith((".svg", ".png")) else "other")


def table(found: list[Loaded]) -> str:
    sorts = ["page", "styles", "scripts", "letters", "icons", "other"]
    heads = " | ".join(f"{sort}, kB" for sort in sorts)
    lines = [
        f"| first visit | all but pictures, kB | {heads} | layout shift | largest paint, s | asked for by |",
        "|---" * (len(sorts) + 5) + "|",
    ]
    for each in found:
        sizes = " | ".join(f"{each.bytes.get(sort, 0) / 1000:.1f}" for sort in sorts)
        lines.append(
            f"| {each.name} | {each.without_pictures / 1000:.0f} | {sizes} | {each.shift:.4f} |"
            f" {each.largest['at'] / 1000:.1f} | {each.chain} |"
        )
    return "\n".join(lines)


def main(words: list[str]) -> None:
    addresses = [word for word in words if not word.startswith("--")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        text = table([load(browser, address, screen) for address in addresses for screen in SCREENS])
        browser.close()
    print(text)  # noqa: T201
    if "--write" in words:
        before, _begin, rest = KEPT.read_text().partition(BEGIN)
        KEPT.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.partition(END)[2]}")


if __name__ == "__main__":
    main(sys.argv[1:])
