// When the film does not come: says what happened and what to do, and does by itself what can be done. A signature that
// ran out is renewed without a word; a line that broke is tried again, ever more rarely, and the film goes on where it was.
const PATIENCE = 5_000; // milliseconds of waiting before it is said that the line is slow
const LIMIT = 45_000; // … without a byte before it counts as broken
const AGAIN = [2, 4, 8, 15, 30]; // seconds until the next try
const PASSING = ["offline", "network"]; // goes away by itself
const LEADS_ELSEWHERE = { 402: "paid", 403: "closed", 401: "closed", 404: "gone", 410: "gone", 451: "territory" };

export class Trouble {
  constructor(player) {
    this.player = player;
    this.tries = 0;
  }

  // ── waiting ────────────────────────────────────────────────────────────────────────────────────────────────────────

  wait(begins = false) {
    const { element, film } = this.player;
    if ((film.paused && !begins) || this.waiting) return;
    element.classList.add("player--waiting");
    this.waiting = setTimeout(() => this.saySlow(), PATIENCE);
    this.moved();
  }

  /** Something came: the line is not broken. */
  moved() {
    clearTimeout(this.limit);
    if (this.waiting) this.limit = setTimeout(() => this.report("network"), LIMIT);
  }

  flows() {
    clearTimeout(this.waiting);
    clearTimeout(this.limit);
    this.waiting = null;
    this.player.element.classList.remove("player--waiting");
    this.player.slowTarget.hidden = true;
  }

  saySlow() {
    if (!navigator.onLine) return this.report("offline");
    this.player.slowTarget.hidden = false;
    this.player.spareTarget.hidden = this.player.stream.isSparing || !this.player.stream.hls;
  }

  // ── trouble ────────────────────────────────────────────────────────────────────────────────────────────────────────

  async report(name) {
    const { player } = this;
    if (name === "expired" && (await this.renew())) return;
    if (name === "expired") name = this.refused ?? "network";
    this.flows();
    this.name = name;
    this.wasPlaying ||= !player.film.paused;
    player.troubleTextTarget.textContent = player.wordsValue[name] ?? player.wordsValue.broken;
    if (this.isFinal) player.film.pause(); // what is here already would play on, and hide why no more comes
    player.againTarget.textContent = this.isFinal ? player.wordsValue.reload : player.wordsValue.again;
    player.againTarget.hidden = name === "unsupported";
    player.troubleTarget.hidden = false;
    this.tryLater();
  }

  /** A fresh address from the server, at the same moment of the film. Says in `refused` why there is none. */
  async renew() {
    const { player } = this;
    if (this.renewedAt > Date.now() - 10_000) return false; // it was fresh: something else is wrong
    this.renewedAt = Date.now();
    const answer = await fetch(player.statusValue, { headers: { accept: "application/json" } }).catch(() => null);
    this.refused = LEADS_ELSEWHERE[answer?.status];
    if (!answer?.ok) return false;
    const { hls, state } = await answer.json();
    this.refused = state === "failed" ? "gone" : "preparing";
    if (!hls) return false;
    this.refused = null;
    await player.reopen(hls);
    return true;
  }

  /** The server has said no: only another page helps. */
  get isFinal() {
    return Object.values(LEADS_ELSEWHERE).includes(this.name);
  }

  /** Passing trouble, and a film that is still being made, are tried again; the seconds until then are shown. */
  tryLater() {
    clearInterval(this.counting);
    const { retryTarget, wordsValue } = this.player;
    const tries = PASSING.includes(this.name) || this.name === "preparing";
    retryTarget.hidden = !tries;
    if (!tries) return;
    let left = AGAIN[Math.min(this.tries++, AGAIN.length - 1)];
    const count = () => {
      retryTarget.textContent = wordsValue.retry.replace("%s", left);
      if (left-- <= 0) this.tryNow();
    };
    this.counting = setInterval(count, 1000);
    count();
  }

  tryNow() {
    const { player } = this;
    if (this.isFinal) return location.reload();
    const [name, play] = [this.name, this.wasPlaying];
    this.hide();
    if (name === "preparing") return this.report("expired");
    if (!player.stream.isOpen) return player.play();
    if (!PASSING.includes(name)) return player.reopen(player.stream.address);
    player.stream.retry();
    if (play) player.play();
  }

  /** It plays again. */
  over() {
    if (this.isFinal) return;
    this.tries = 0;
    this.wasPlaying = false;
    if (!this.player.troubleTarget.hidden) this.hide();
  }

  hide() {
    clearInterval(this.counting);
    this.player.troubleTarget.hidden = true;
    this.name = null;
  }

  leave() {
    this.flows();
    clearInterval(this.counting);
  }
}
