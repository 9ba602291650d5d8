// Another file for a film, sent by tus from its page; without JavaScript the form sends it.
import { Controller } from "@hotwired/stimulus";
import { bytes } from "./uploader/pace.js";
import { csrfToken } from "./uploader/picture.js";
import { Sending } from "./uploader/sending.js";

export default class extends Controller {
  static targets = ["form", "state", "going", "filename", "percent", "bar", "status", "amount", "pause", "goOn", "again", "trouble", "troubleText"];
  static values = { words: Object, api: String, upload: String, name: String, size: Number };

  connect() {
    this.leaving = (event) => this.isSending && event.preventDefault();
    window.addEventListener("beforeunload", this.leaving);
    if (this.hasAgainTarget) this.againTarget.hidden = false;
  }

  disconnect() {
    window.removeEventListener("beforeunload", this.leaving);
    this.sending?.stop();
  }

  get isSending() {
    return this.sending && !["done", "stopped", "gone"].includes(this.sending.state);
  }

  async send(event) {
    const fields = this.formTarget.elements;
    const file = fields.namedItem("film").files[0];
    if (!file) return; // the form itself says what is missing
    event.preventDefault();
    if (this.isSending) return;
    const words = this.wordsValue;
    if (!file.size) return this.complain(words.empty);
    if (file.size > words.largest) {
      return this.complain(fill(words.tooLarge, { size: bytes(file.size, words.language), limit: bytes(words.largest, words.language) }));
    }
    const asked = {
      size: file.size,
      filename: file.name,
      at_once: fields.namedItem("at_once").checked,
      keep_texts: fields.namedItem("keeps_texts").checked,
    };
    const answer = await this.announce(asked);
    if (answer) this.go(file, new URL(answer.upload_url, location.href).pathname);
  }

  resume({ target }) {
    const file = target.files[0];
    target.value = "";
    if (!file || this.isSending) return;
    const words = this.wordsValue;
    if (file.size !== this.sizeValue || file.name.normalize() !== this.nameValue.normalize()) {
      return this.complain(fill(words.otherFile, { name: this.nameValue, size: bytes(this.sizeValue, words.language) }));
    }
    this.go(file, this.uploadValue);
  }

  go(file, address) {
    this.troubleTarget.hidden = true;
    if (this.hasFormTarget) this.formTarget.hidden = true;
    if (this.hasAgainTarget) this.againTarget.hidden = true;
    this.stateTarget.hidden = true;
    this.goingTarget.hidden = false;
    this.filenameTarget.textContent = file.name;
    this.sending = new Sending(file, address, {
      state: (state, detail) => this.showState(state, detail),
      progress: (sent, all) => this.showProgress(sent, all),
      done: () => location.assign(location.pathname), // from here the page shows how far it is
    });
    this.sending.start();
  }

  pause() {
    this.sending.pause();
  }

  goOn() {
    this.troubleTarget.hidden = true;
    this.sending.resume();
  }

  showState(state, detail) {
    const words = this.wordsValue;
    const trouble = { gone: words.gone, signedOut: words.signedOut, refused: detail, broken: words.broken }[state];
    this.statusTarget.textContent = trouble ? "" : (words[state] ?? "");
    if (trouble) this.complain(detail || trouble);
    const stopped = ["paused", "signedOut", "broken", "refused"].includes(state);
    this.pauseTarget.hidden = stopped || state === "gone" || state === "done";
    this.goOnTarget.hidden = !stopped || state === "refused";
  }

  showProgress(sent, all) {
    const { language, of } = this.wordsValue;
    const share = all ? sent / all : 0;
    this.barTarget.value = share;
    this.percentTarget.textContent = new Intl.NumberFormat(language, { style: "percent" }).format(Math.floor(share * 100) / 100);
    this.amountTarget.textContent = fill(of, { sent: bytes(sent, language), all: bytes(all, language) });
  }

  async announce(asked) {
    try {
      const answer = await fetch(this.apiValue, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json", "x-csrftoken": csrfToken() },
        body: JSON.stringify(asked),
      });
      const said = await answer.json().catch(() => ({}));
      if (answer.ok) return said;
      this.complain(answer.status === 401 ? this.wordsValue.signedOut : said.detail || said.title || answer.statusText);
    } catch {
      this.complain(this.wordsValue.broken);
    }
    return null;
  }

  complain(sentence) {
    this.troubleTextTarget.textContent = sentence;
    this.troubleTarget.hidden = false;
    this.troubleTarget.scrollIntoView({ block: "nearest" });
  }
}

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
