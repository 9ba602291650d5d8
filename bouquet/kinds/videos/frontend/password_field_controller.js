// Shows the field of the password only where a password is asked for. Without JavaScript it is always there.
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  static targets = ["field"];

  connect() {
    this.choice = this.element.querySelector("select[name=visibility]");
    this.show = () => (this.fieldTarget.hidden = this.choice.value !== "password");
    this.choice.addEventListener("change", this.show);
    this.show();
  }

  disconnect() {
    this.choice.removeEventListener("change", this.show);
  }
}
