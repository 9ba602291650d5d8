import { Controller } from "@hotwired/stimulus";
import CopyController from "./copy_controller.js";

// A share button (data-controller="share-link"): the device's own sheet where there is one, else the address is copied. Hidden without JavaScript.
//   data-share-link-url-value, data-share-link-title-value, data-share-link-done-value (what is said when it was copied)
export default class extends Controller {
  static values = { url: String, title: String, done: String };

  connect() {
    this.element.hidden = false;
  }

  async share() {
    const url = new URL(this.urlValue || location.href, location.href).href;
    if (!navigator.share) return CopyController.prototype.copy.call({ element: this.element, textValue: url, doneValue: this.doneValue });
    try {
      await navigator.share({ url, title: this.titleValue || document.title });
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }
}
