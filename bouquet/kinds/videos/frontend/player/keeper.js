// Keeps the editor's cues on the server: a moment after each change, one request at a time, again when the line is back.
import { csrfToken } from "../uploader/picture.js";

const MOMENT = 1200;
const AGAIN = 8000;

export class Keeper {
  /** `on.cues()` gives what to keep; `on.state(name, reason)` and `on.conflict(theirs)` are told. */
  constructor(address, version, on) {
    Object.assign(this, { address, version, on, changes: 0, kept: 0 });
  }

  get isDirty() {
    return this.changes !== this.kept;
  }

  changed() {
    this.changes += 1;
    if (this.halted) return;
    this.on.state("unkept");
    this.wait(MOMENT);
  }

  wait(time) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keepNow(), time);
  }

  async keepNow() {
    clearTimeout(this.timer);
    if (!this.isDirty || this.halted || this.busy) return;
    this.busy = true;
    const number = this.changes;
    this.on.state("keeping");
    const answer = await this.send().catch(() => null);
    this.busy = false;
    await this.hear(answer, number);
  }

  send() {
    const cues = this.on.cues().map((cue) => ({ ...cue, start: cue.start / 1000, end: cue.end / 1000 }));
    return fetch(this.address, {
      method: "PUT",
      headers: { "content-type": "application/json", accept: "application/json", "x-csrftoken": csrfToken() },
      body: JSON.stringify({ cues, base: this.version }),
    });
  }

  async hear(answer, number) {
    const said = answer ? await answer.json().catch(() => ({})) : {};
    if (answer?.ok) {
      this.version = said.version;
      this.kept = number;
      this.on.state(this.isDirty ? "unkept" : "kept");
      return this.isDirty && this.wait(MOMENT);
    }
    if (answer?.status === 409) {
      this.halted = true;
      this.on.state("meanwhile");
      return this.on.conflict(said.current);
    }
    if (answer && answer.status < 500) return this.on.state("refused", said.detail || answer.statusText);
    this.on.state("offline");
    this.wait(AGAIN);
  }

  /** A conflict was decided: from here on the version is this one. */
  settle(version) {
    this.version = version;
    this.halted = false;
    this.kept = this.changes;
    this.on.state("kept");
  }

  stop() {
    clearTimeout(this.timer);
  }
}
