// Several films at once: a line each, sent two at a time, each with its own pause; what was begun before goes on.
// Everything that can be refused is refused here before a byte leaves; the server asks again when a film is announced.
import { Controller } from "@hotwired/stimulus";
import { bytes } from "./uploader/pace.js";
import { csrfToken } from "./uploader/picture.js";
import { Sending } from "./uploader/sending.js";

const AT_A_TIME = 2;
const SENT = "bq-sent"; // files that left from this tab: after a reload the same folder may be dropped again
const OVER = ["done", "refused"];

export default class extends Controller {
  static targets = ["trouble", "troubleText", "common", "sum", "list", "start", "mine", "line"];
  static values = { words: Object, api: String };

  connect() {
    this.lines = [];
    this.leaving = (event) => this.lines.some((line) => ["sending", "turn", "paused"].includes(line.state)) && event.preventDefault();
    window.addEventListener("beforeunload", this.leaving);
  }

  disconnect() {
    window.removeEventListener("beforeunload", this.leaving);
    for (const line of this.lines) line.sending?.stop();
  }

  /** Files that were chosen or dropped, and what the page knows of films begun earlier. */
  take({ detail: { files, begun } }) {
    this.element.hidden = false;
    for (const file of files) this.add(file, begun);
    this.tell();
    if (this.started) this.next();
    this.element.scrollIntoView({ block: "nearest" });
  }

  add(file, begun) {
    const element = this.lineTarget.content.firstElementChild.cloneNode(true);
    const line = { file, element, state: "ready", sent: 0 };
    const former = begun.find((each) => Number(each.size) === file.size && each.name.normalize() === file.name.normalize());
    this.part(line, "title").value = former?.title || plainName(file.name);
    this.part(line, "file").textContent = `${file.name} · ${this.bytes(file.size)}`;
    const refusal = this.refusalOf(file, former);
    this.lines.push(line);
    this.listTarget.append(element);
    if (former) Object.assign(line, { uid: former.uid, page: former.url, upload: former.upload });
    if (refusal) this.show(line, "refused", refusal);
    else this.show(line, this.started ? "turn" : "ready", former ? this.wordsValue.goesOn : "");
    this.part(line, "title").addEventListener("change", () => this.rename(line));
  }

  refusalOf(file, former) {
    const words = this.wordsValue;
    const same = (line) => line.state !== "refused" && line.file.size === file.size && line.file.name === file.name && line.file.lastModified === file.lastModified;
    if (this.lines.some(same)) return words.twice;
    if (!file.size) return words.empty;
    if (former) return ""; // its room was promised when it was begun
    if (remembered().includes(mark(file))) return words.sentBefore;
    if (file.size > words.largest) return fill(words.tooLarge, { size: this.bytes(file.size), limit: this.bytes(words.largest) });
    const left = words.room - sum(this.lines.filter((line) => line.state !== "refused" && !line.upload).map((line) => line.file.size)) - (this.spent ?? 0);
    return file.size > left ? fill(words.noRoom, { size: this.bytes(file.size), left: this.bytes(Math.max(0, left)) }) : "";
  }

  async start() {
    this.started = true;
    this.commonTarget.disabled = true;
    this.startTarget.hidden = true;
    for (const line of this.lines) if (line.state === "ready") this.show(line, "turn");
    await this.announceSome();
    this.next();
  }

  /** The server knows as many as it takes open at once: those can go on after a reload. */
  async announceSome() {
    if (this.announcing) return;
    this.announcing = true;
    try {
      for (const line of this.lines) {
        const open = this.lines.filter((each) => each.announced && !OVER.includes(each.state)).length;
        if (line.state === "turn" && !line.upload && open < this.wordsValue.open && !(await this.announce(line))) break;
      }
    } finally {
      this.announcing = false;
    }
  }

  /** False when the server was not reached: later ones need not be tried now. */
  async announce(line) {
    const all = (name) => this.commonTarget.querySelector(`[name=all-${name}]`).value;
    const tags = all("tags").split(/[,;\n]/).map((tag) => tag.trim()).filter(Boolean);
    const asked = { title: this.part(line, "title").value.trim(), size: line.file.size, filename: line.file.name, tags };
    for (const name of ["site", "visibility", "category", "language"]) asked[name] = all(name);
    const answer = await this.call("POST", this.apiValue, asked);
    if (answer === undefined) {
      this.complain(this.wordsValue.broken);
      this.pauseAll();
      return false;
    }
    if (answer.refusal) this.show(line, "refused", answer.refusal);
    else {
      Object.assign(line, { uid: answer.id, page: answer.url, upload: answer.upload_url, announced: true });
      this.spent = (this.spent ?? 0) + line.file.size;
    }
    return true;
  }

  async next() {
    this.tell();
    if (this.lines.some((line) => line.state === "turn" && !line.upload)) await this.announceSome();
    while (this.lines.filter((line) => line.state === "sending").length < AT_A_TIME) {
      const line = this.lines.find((each) => each.state === "turn" && each.upload);
      if (!line) break;
      this.send(line);
    }
    this.tell();
  }

  send(line) {
    this.show(line, "sending");
    line.sending = new Sending(line.file, new URL(line.upload, location.href).pathname, {
      state: (state, detail) => this.hear(line, state, detail),
      progress: (sent, all) => this.note(line, sent, all),
      done: () => this.finish(line),
    });
    line.sending.start();
  }

  hear(line, state, detail) {
    const words = this.wordsValue;
    const trouble = { gone: words.gone, signedOut: words.signedOut, refused: detail, broken: words.broken }[state];
    if (["gone", "refused"].includes(state)) {
      this.show(line, "refused", detail || trouble);
      this.next();
    } else if (["paused", "signedOut", "broken"].includes(state)) {
      this.show(line, "paused", trouble || words.paused);
      this.next();
    } else if (state !== "done" && state !== "stopped") {
      this.show(line, "sending", words[state] ?? "");
    }
  }

  note(line, sent, all) {
    line.sent = sent;
    this.part(line, "bar").value = all ? sent / all : 0;
    this.part(line, "said").textContent = fill(this.wordsValue.of, { sent: this.bytes(sent), all: this.bytes(all) });
    this.tell();
  }

  finish(line) {
    this.show(line, "done", this.wordsValue.arrived);
    sessionStorage.setItem(SENT, JSON.stringify([...remembered(), mark(line.file)].slice(-500)));
    this.next();
  }

  pause({ target }) {
    this.lineOf(target).sending?.pause();
  }

  goOn({ target }) {
    this.troubleTarget.hidden = true;
    const line = this.lineOf(target);
    if (line.sending && line.upload) {
      this.show(line, "sending");
      line.sending.resume();
    } else {
      this.show(line, "turn");
      this.next();
    }
  }

  /** Out of the list; what the server has of it goes too. */
  async drop({ target }) {
    const line = this.lineOf(target);
    await line.sending?.stop();
    if (line.announced && line.state !== "done") await this.call("DELETE", `${this.apiValue}/${line.uid}`);
    if (line.announced) this.spent -= line.file.size;
    this.lines = this.lines.filter((each) => each !== line);
    line.element.remove();
    this.next();
  }

  async rename(line) {
    const title = this.part(line, "title").value.trim();
    if (line.uid && title) await this.call("PATCH", `${this.apiValue}/${line.uid}`, { title });
  }

  pauseAll() {
    for (const line of this.lines) if (line.state === "turn") this.show(line, "paused", this.wordsValue.broken);
  }

  show(line, state, said = "") {
    line.state = line.element.dataset.state = state;
    this.part(line, "said").textContent = said || (this.wordsValue[state] ?? "");
    this.part(line, "pause").hidden = state !== "sending";
    this.part(line, "goOn").hidden = state !== "paused";
    this.part(line, "drop").hidden = state === "done";
    this.part(line, "bar").hidden = ["ready", "refused"].includes(state);
    if (state === "done") this.part(line, "bar").value = 1;
    this.part(line, "page").hidden = state !== "done";
    if (line.page) this.part(line, "page").href = line.page;
  }

  tell() {
    const words = this.wordsValue;
    const taken = this.lines.filter((line) => line.state !== "refused");
    const done = taken.filter((line) => line.state === "done").length;
    const size = this.bytes(sum(taken.map((line) => line.file.size - (line.state === "done" ? line.file.size : line.sent))));
    const form = !this.started ? words.sumReady : done === taken.length ? words.sumDone : words.sumSending;
    this.sumTarget.textContent = taken.length ? fill(form, { n: taken.length, done, size }) : "";
    this.startTarget.disabled = !taken.length;
    this.mineTarget.hidden = !this.started || done < taken.length;
  }

  lineOf(element) {
    const own = element.closest(".batch__line");
    return this.lines.find((line) => line.element === own);
  }

  part(line, name) {
    return line.element.querySelector(`[data-part=${name}]`);
  }

  bytes(number) {
    return bytes(number, this.wordsValue.language);
  }

  /** JSON; `{ refusal }` where it was refused; undefined where the server was not reached. */
  async call(method, address, body) {
    try {
      const answer = await fetch(address, {
        method,
        headers: { "content-type": "application/json", accept: "application/json", "x-csrftoken": csrfToken() },
        body: body && JSON.stringify(body),
      });
      const said = await answer.json().catch(() => ({}));
      if (answer.ok) return said;
      return { refusal: answer.status === 401 ? this.wordsValue.signedOut : said.detail || said.title || answer.statusText };
    } catch {
      return undefined;
    }
  }

  complain(sentence) {
    this.troubleTextTarget.textContent = sentence;
    this.troubleTarget.hidden = false;
  }
}

const mark = (file) => `${file.size} ${file.lastModified} ${file.name}`;
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(SENT)) ?? [];
  } catch {
    return [];
  }
}

function plainName(name) {
  return name.replace(/\.[^.]+$/, "").replaceAll("_", " ").slice(0, 140);
}

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
