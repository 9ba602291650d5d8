// A discussion without leaving the film: what is sent, liked, decided and asked for changes in place. Every form and
// link here also works without this script, and is used that way when anything goes wrong.
import { Controller } from "@hotwired/stimulus";
import { toast } from "../../../toolkit/frontend/toast.js";

export default class extends Controller {
  static targets = ["said"];

  disconnect() {
    this.dialog?.remove();
  }

  // ── forms ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  async send(event) {
    const form = event.target;
    if (form.method !== "post" || "plain" in form.dataset) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    const { submitter } = event;
    try {
      const answer = await fetch(submitter?.getAttribute("formaction") ?? form.getAttribute("action"), {
        method: "POST",
        body: new FormData(form, submitter),
        headers: { "X-Swap": "comment" },
        redirect: "manual",
      });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (form.hasAttribute("data-say")) this.keep(form, answer, page);
      else if (this.dialog?.contains(form) && page.querySelector(".ask form")) this.fill(page); // something is missing
      else this.changed(page, submitter?.id);
    } catch {
      if (form.hasAttribute("data-say")) toast(this.saidTarget.dataset.offline);
      else {
        form.dataset.plain = "";
        form.requestSubmit(submitter);
      }
    } finally {
      form.ariaBusy = "false";
    }
  }

  /** A new comment takes its place; what was refused comes back with its reason, and the words stay. */
  keep(form, answer, page) {
    const item = page.querySelector("[data-new]");
    if (!item) {
      const again = page.querySelector("[data-say]");
      if (!again) throw new Error(answer.status);
      again.querySelector("textarea").value = form.querySelector("textarea").value;
      form.replaceWith(again);
      again.querySelector("textarea").focus();
      return;
    }
    const id = item.querySelector("article").id;
    document.getElementById(id)?.closest("li")?.remove(); // sent twice
    const home = this.homeOf(item);
    home.hidden = false;
    if (home.matches(".talk__answers")) home.append(item);
    else home.prepend(item);
    document.getElementById("comments-empty")?.remove();
    if (form.id === "say") {
      form.reset();
      form.querySelector("textarea").value = "";
      form.querySelector(".alert")?.remove();
      form.elements.namedItem("key").value = crypto.getRandomValues(new Uint32Array(2)).join("");
    } else form.remove();
    this.tell(item);
    item.scrollIntoView({ block: "nearest" });
    item.querySelector("a, button")?.focus({ preventScroll: true });
  }

  homeOf(item) {
    if ("held" in item.dataset) return this.element.querySelector("#comments-waiting") ?? this.element.querySelector("ol");
    const answers = item.dataset.thread && document.getElementById(item.dataset.thread);
    return answers || this.element.querySelector(".talk__threads");
  }

  /** A comment as it is now, in the place where it stands. */
  changed(page, used) {
    const fresh = page.querySelector("article.comment");
    const old = fresh && document.getElementById(fresh.id);
    if (!old) throw new Error("not here");
    this.dialog?.close();
    old.replaceWith(fresh);
    this.tell(fresh);
    (document.getElementById(used) ?? fresh.querySelector("a, button"))?.focus({ preventScroll: true });
  }

  tell(piece) {
    const done = piece.querySelector("[data-done]")?.textContent;
    if (done) toast(done);
  }

  // ── links ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  async follow(event) {
    const link = event.target.closest("[data-order], [data-answers], [data-answer], [data-ask]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    try {
      if ("order" in link.dataset) await this.reorder(link);
      else if ("answers" in link.dataset) await this.unfold(link);
      else if ("answer" in link.dataset) await this.answer(link);
      else await this.ask(link);
    } catch {
      window.location.href = link.href;
    }
  }

  async reorder(link) {
    const page = await fetched(link.dataset.order);
    document.getElementById("comments-list").replaceWith(page.getElementById("comments-list"));
    for (const each of link.parentElement.children) each.removeAttribute("aria-current");
    link.ariaCurrent = "true";
  }

  async unfold(link) {
    const page = await fetched(link.href);
    const list = document.getElementById(link.dataset.answers);
    const whole = page.getElementById(link.dataset.answers);
    const more = whole.nextElementSibling;
    list.replaceWith(whole);
    const line = link.closest("p");
    if (more?.matches(".more")) line.replaceWith(more);
    else line.remove();
    whole.querySelector("a, button")?.focus({ preventScroll: true });
  }

  /** The form to answer stands right below what it answers; asked for again, it goes. */
  async answer(link) {
    const article = link.closest("article");
    const open = article.nextElementSibling;
    if (open?.matches(".say")) return open.remove();
    const page = await fetched(link.href);
    const form = page.querySelector(".say");
    if (!form) throw new Error("no form");
    article.after(form);
    form.querySelector("textarea").focus();
  }

  async ask(link) {
    const page = await fetched(link.href);
    if (!page.querySelector(".ask form")) throw new Error("no form");
    link.closest("details")?.removeAttribute("open");
    this.dialog?.remove();
    this.dialog = Object.assign(document.createElement("dialog"), { className: "dialog talk__dialog" });
    this.dialog.setAttribute("aria-labelledby", "talk-ask");
    this.fill(page);
    this.dialog.addEventListener("close", () => link.isConnected && link.closest("details")?.querySelector("summary").focus());
    this.element.append(this.dialog);
    this.dialog.showModal();
  }

  /** The question of a page, as a dialog. */
  fill(page) {
    const form = page.querySelector(".ask form");
    const words = page.querySelector("main h1").textContent;
    const title = Object.assign(document.createElement("h2"), { className: "dialog__title", id: "talk-ask", textContent: words });
    form.prepend(title, ...page.querySelectorAll(".page-head__lead"));
    form.querySelector("a.button--quiet")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.dialog.close();
    });
    this.dialog.replaceChildren(form);
  }
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { "X-Fragment": "comments" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
