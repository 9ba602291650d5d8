// A small form that is sent without leaving the page: the answer is the form's own fragment and takes its place.
// Without JavaScript the same form is sent the ordinary way. Focus stays on the button (or what has its id) that was used.
//
//   <form id="reaction-x" method="post" action="…" data-controller="swap" data-action="swap#send">
//   data-swap-target-value: id of the element to replace, where it is not the form itself
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  static values = { target: String };

  async send(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    const form = this.element;
    const id = this.targetValue || form.id;
    const used = document.activeElement?.id;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form, event.submitter),
        headers: { "X-Swap": id },
        redirect: "manual",
      });
      if (!answer.ok) return form.submit();
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
      if (!fresh) return form.submit();
      document.getElementById(id).replaceWith(fresh);
      (document.getElementById(used) ?? fresh.querySelector("button, input:not([type=hidden])"))?.focus();
    } catch {
      form.submit();
    } finally {
      this.busy = false;
    }
  }
}
