// Several photos at once: each is sent by itself, two at a time, with a bar of its own; what fails says why and can be
// tried again. Without us the form sends them all together.
//   data-photo-queue-url-value    where photos go; without it, the form makes the album first and is told where
//   data-photo-queue-rows-value   id of the list that gets their rows; without it, the page moves on at the end
import { Controller } from "@hotwired/stimulus";

const AT_ONCE = 2;

export default class extends Controller {
  static targets = ["zone", "list", "button"];
  static values = { url: String, rows: String, sent: String, failed: String, waiting: String };

  connect() {
    this.input = this.element.querySelector("input[type=file]");
    this.input.addEventListener("change", () => this.chosen());
  }

  chosen() {
    if (this.rowsValue) this.start();
    else this.list();
  }

  over(event) {
    event.preventDefault();
    this.zoneTarget.dataset.over = "";
  }

  out() {
    delete this.zoneTarget.dataset.over;
  }

  drop(event) {
    event.preventDefault();
    this.out();
    if (!event.dataTransfer.files.length) return;
    this.input.files = event.dataTransfer.files;
    this.chosen();
  }

  send(event) {
    if (!this.input.files.length && !this.rowsValue) return; // an album without photos: the form itself
    event.preventDefault();
    this.start();
  }

  async start() {
    if (this.busy || !this.input.files.length) return;
    this.busy = true;
    this.buttonTarget.setAttribute("aria-busy", "true");
    const lines = this.list();
    try {
      if (!this.urlValue) await this.makeAlbum();
      const waiting = [...lines];
      const work = async () => {
        for (let line = waiting.shift(); line; line = waiting.shift()) await this.sendOne(line);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      this.input.value = "";
      if (!lines.some((line) => line.failed)) {
        this.listTarget.replaceChildren();
        if (this.arrange) location.assign(this.arrange);
      } else if (this.arrange) this.goOn();
    } catch (error) {
      this.refused(error.message);
    }
    this.busy = false;
    this.buttonTarget.removeAttribute("aria-busy");
  }

  // The words of the form, without its files.
  async makeAlbum() {
    const words = new FormData(this.element);
    words.delete(this.input.name);
    const answer = await fetch(this.element.action, { method: "POST", body: words, headers: { Accept: "application/json" } });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.detail || this.failedValue);
    this.urlValue = said.photos;
    this.arrange = said.arrange;
  }

  // Some were refused: the page stays so that their reasons can be read, and the button leads on.
  goOn() {
    this.buttonTarget.addEventListener("click", (event) => (event.preventDefault(), location.assign(this.arrange)), { once: true });
  }

  list() {
    const lines = [...this.input.files].map((file) => {
      const row = document.createElement("li");
      row.className = "photo-queue__line";
      const name = Object.assign(document.createElement("span"), { className: "photo-queue__name", textContent: file.name });
      const bar = Object.assign(document.createElement("progress"), { className: "progress__bar", max: 1, value: 0 });
      bar.setAttribute("aria-label", file.name);
      const state = Object.assign(document.createElement("span"), { className: "photo-queue__state meta", textContent: this.waitingValue });
      row.append(name, bar, state);
      return { file, row, bar, state, failed: false };
    });
    this.listTarget.replaceChildren(...lines.map((line) => line.row));
    return lines;
  }

  sendOne(line) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.element.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set(this.input.name, line.file);
    return new Promise((done) => {
      const request = new XMLHttpRequest(); // fetch tells nothing of what has been sent
      request.open("POST", this.urlValue);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", ({ loaded, total }) => (line.bar.value = loaded / total));
      request.addEventListener("load", () => {
        this.answered(line, request);
        done();
      });
      request.addEventListener("error", () => {
        this.fail(line, this.failedValue);
        done();
      });
      request.send(body);
    });
  }

  answered(line, request) {
    let said = {};
    try {
      said = JSON.parse(request.responseText);
    } catch {
      // a proxy's own page
    }
    if (request.status !== 201) return this.fail(line, said.detail || this.failedValue);
    line.bar.value = 1;
    line.state.textContent = this.sentValue;
    line.row.dataset.state = "sent";
    const rows = this.rowsValue && document.getElementById(this.rowsValue);
    if (rows) rows.insertAdjacentHTML("beforeend", said.row);
  }

  fail(line, why) {
    line.failed = true;
    line.row.dataset.state = "failed";
    line.bar.remove();
    line.state.textContent = why;
  }

  refused(why) {
    const row = Object.assign(document.createElement("li"), { className: "photo-queue__line", textContent: why });
    row.dataset.state = "failed";
    row.setAttribute("role", "alert");
    this.listTarget.prepend(row);
  }
}
