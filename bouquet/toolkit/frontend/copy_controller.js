import { Controller } from "@hotwired/stimulus";
import { toast } from "./toast.js";

// <button hidden data-controller="copy" data-action="copy#copy" data-copy-text-value="…" data-copy-done-value="Copied.">
// With data-copy-from-value="id" the text is what that element holds. Hidden without JavaScript.
export default class extends Controller {
  static values = { text: String, from: String, done: String };

  connect() {
    this.element.hidden = false;
  }

  async copy() {
    const from = this.fromValue && document.getElementById(this.fromValue);
    const text = this.textValue || from?.value || from?.textContent || "";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // No permission, or a page without https: the old way, from a field that nobody sees.
      const field = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      this.element.focus();
    }
    toast(this.doneValue);
  }
}
