import { Controller } from "@hotwired/stimulus";

// On a button: data-dialog-of-value is the id of a <dialog>. On the <dialog> itself: `data-action="dialog#close"` closes it.
// Where a link leads to the same thing on a page of its own, put the controller on the link: it works without us.
export default class extends Controller {
  static values = { of: String };

  open(event) {
    const dialog = document.getElementById(this.ofValue);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
  }

  close() {
    this.element.closest("dialog")?.close();
  }

  // data-action="click->dialog#closeOutside" on the <dialog>: a click on its backdrop
  closeOutside(event) {
    if (event.target === this.element) this.element.close();
  }
}
