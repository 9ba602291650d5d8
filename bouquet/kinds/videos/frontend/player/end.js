// What comes after the film: cards of the next ones, from the page's own list (`data-up-next`; a playlist goes before
// what is related). Only where the viewer switched that on does the next one begin by itself, after a countdown that can
// be called off.
import { keep, recall } from "./memory.js";

const COUNT = 8; // seconds
const CARDS = 3;
const GOES_ON = "bq.goesOn";

export const isAutomatic = () => recall("autonext") === "1";
export const setAutomatic = (wanted) => keep("autonext", wanted ? 1 : 0);

/** The links of what comes next, in order: of the playlist; where that has ended, of what is related. */
export function nextFilms() {
  const lists = [...document.querySelectorAll("[data-up-next=playlist]"), ...document.querySelectorAll("[data-up-next]")];
  return lists.map(linksIn).find((links) => links.length) ?? [];
}

/** Behind the open one, where a list holds it. */
function linksIn(list) {
  const cards = [...list.querySelectorAll("a.card__link")];
  const links = cards.length ? cards : [...list.querySelectorAll("a[href]")];
  const open = links.findIndex((link) => link.pathname === location.pathname);
  const seen = new Set([location.pathname]);
  return links.slice(open + 1).filter((link) => !seen.has(link.pathname) && seen.add(link.pathname));
}

export function goTo(link) {
  try {
    sessionStorage.setItem(GOES_ON, String(Date.now()));
  } catch {
    // storage is refused: the next page waits for a tap
  }
  location.assign(link.href);
}

/** The film before this one ended, and its viewer lets the next begin by itself. */
export function wasCarriedOn() {
  try {
    const at = Number(sessionStorage.getItem(GOES_ON));
    sessionStorage.removeItem(GOES_ON);
    return at > Date.now() - 30_000;
  } catch {
    return false;
  }
}

export class End {
  constructor(player) {
    this.player = player;
    this.place = player.endTarget;
  }

  show() {
    const films = nextFilms();
    if (!films.length) return;
    const words = this.player.wordsValue;
    const list = document.createElement("ol");
    list.append(...films.slice(0, CARDS).map((link) => this.card(link)));
    this.count = Object.assign(document.createElement("p"), { className: "player__count" });
    this.count.setAttribute("role", "status");
    const deeds = Object.assign(document.createElement("div"), { className: "player__deeds" });
    this.stop = button(words.cancel, () => this.callOff());
    deeds.append(button(words.watchAgain, () => this.watchAgain()), this.stop);
    const heading = Object.assign(document.createElement("h2"), { textContent: words.next });
    this.place.replaceChildren(heading, list, this.count, deeds);
    this.place.hidden = false;
    this.stop.hidden = true;
    this.player.element.classList.add("player--next");
    if (isAutomatic() && !isWriting()) this.countDown(films[0]);
  }

  card(link) {
    const item = document.createElement("li");
    const card = Object.assign(document.createElement("a"), { href: link.href });
    const box = link.closest("article, li");
    const picture = box?.querySelector("img");
    if (picture) card.append(Object.assign(new Image(), { src: picture.currentSrc || picture.src, alt: "", loading: "eager" }));
    const title = Object.assign(document.createElement("span"), { textContent: link.title || (box?.querySelector(".card__title, .playlist__title") ?? link).textContent.trim() });
    title.dir = "auto";
    card.append(title);
    card.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      goTo(link);
    });
    item.append(card);
    return item;
  }

  countDown(link) {
    let left = COUNT;
    this.stop.hidden = false;
    this.stop.focus({ preventScroll: true });
    const tell = () => {
      this.count.textContent = this.player.wordsValue.nextIn.replace("%s", left);
      if (left-- <= 0) {
        clearInterval(this.counting);
        goTo(link);
      }
    };
    this.counting = setInterval(tell, 1000);
    tell();
  }

  /** True where there was something to call off. */
  callOff() {
    if (!this.counting) return false;
    clearInterval(this.counting);
    this.counting = null;
    this.count.textContent = "";
    this.stop.hidden = true;
    this.place.querySelector("a")?.focus({ preventScroll: true });
    return true;
  }

  watchAgain() {
    this.hide();
    this.player.seek(0, true);
  }

  hide() {
    clearInterval(this.counting);
    this.counting = null;
    this.place.hidden = true;
    this.player.element.classList.remove("player--next");
  }
}

/** Whoever writes a comment while the film ends is not carried away from it. */
function isWriting() {
  return Boolean(document.activeElement?.closest("textarea, input:not([type=range], [type=radio], [type=checkbox]), [contenteditable]"));
}

function button(words, act) {
  const one = Object.assign(document.createElement("button"), { type: "button", className: "button button--small", textContent: words });
  one.addEventListener("click", act);
  return one;
}
