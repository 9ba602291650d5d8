// What is pasted into the text of an article from a word processor or a page: tidied before the editor reads it. Scripts
// and what was hidden go with all their words, headings keep their rank, Word's bullets become lists. The server keeps
// nothing but the allowed tags in any case (body_blocks.py); this is for who would have to tidy by hand.
(() => {
  const { Controller } = window.StimulusModule;
  const GONE = "script, style, meta, link, title, xml, iframe, object, embed, template, noscript, svg, img, [hidden], [style*='mso-list:Ignore' i], [style*='mso-list: Ignore' i]";
  const HEADINGS = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" };
  const SAFE = /^(https?:|mailto:|tel:|\/(?!\/)|#)/i;
  const ITEM = "p[style*='mso-list' i], p[class*='MsoListParagraph']";
  const NUMBERED = /^[\s(]*(\d+|[a-z]|[ivx]+)[.)]/i;
  const OWN = /data-(editor|draftail)/; // copied inside an editor: it knows better
  const tidied = new WeakSet();

  class CleanPaste extends Controller {
    connect() {
      this.listening = new AbortController();
      this.element.addEventListener("paste", (event) => this.paste(event), { capture: true, signal: this.listening.signal });
    }

    disconnect() {
      this.listening.abort();
    }

    paste(event) {
      const html = event.clipboardData?.getData("text/html");
      if (!html || tidied.has(event) || OWN.test(html) || !event.target.closest?.("[contenteditable=true]")) return;
      const data = new DataTransfer();
      data.setData("text/html", tidy(html));
      data.setData("text/plain", event.clipboardData.getData("text/plain"));
      const again = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      if (!again.clipboardData?.getData("text/html")) return; // a browser that lets nobody do this
      event.preventDefault();
      event.stopImmediatePropagation();
      tidied.add(again);
      event.target.dispatchEvent(again);
    }
  }

  function tidy(html) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const page = body.ownerDocument;
    makeLists(body, page);
    for (const each of body.querySelectorAll(GONE)) each.remove();
    const comments = page.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
    const found = [];
    while (comments.nextNode()) found.push(comments.currentNode);
    for (const each of found) each.remove();
    sayWeight(body, page);
    for (const row of body.querySelectorAll("tr")) rowInWords(row, page);
    for (const each of body.querySelectorAll("*")) {
      if (each.localName.includes(":")) each.replaceWith(...each.childNodes); // <o:p>, <w:sdt>
      else if (each.localName === "a" && !SAFE.test(each.getAttribute("href") ?? "")) each.replaceWith(...each.childNodes);
      else for (const { name } of [...each.attributes]) if (!(each.localName === "a" && name === "href")) each.removeAttribute(name);
    }
    for (const [from, to] of Object.entries(HEADINGS))
      for (const each of body.querySelectorAll(from)) renamed(each, to, page);
    for (const each of body.querySelectorAll("li > p")) each.replaceWith(...each.childNodes);
    for (const each of body.querySelectorAll("p, h2, h3, li")) if (!each.textContent.trim()) each.remove();
    return body.innerHTML;
  }

  /** Google Docs wraps all it copies in a <b> that is not bold, and says bold and italics as styles. */
  function sayWeight(body, page) {
    for (const each of body.querySelectorAll("b, strong")) if (/^(normal|[1-5]00)$/.test(each.style.fontWeight)) each.replaceWith(...each.childNodes);
    for (const each of body.querySelectorAll("i, em")) if (each.style.fontStyle === "normal") each.replaceWith(...each.childNodes);
    for (const each of body.querySelectorAll("span[style]")) {
      if (each.closest("h1, h2, h3, h4, h5, h6")) continue;
      if (/^(bold|bolder|[6-9]00)$/.test(each.style.fontWeight)) wrapped(each, "b", page);
      if (each.style.fontStyle === "italic") wrapped(each, "i", page);
    }
  }

  function wrapped(element, name, page) {
    const around = page.createElement(name);
    around.append(...element.childNodes);
    element.append(around);
  }

  /** The text has no tables (a block of its own does): a line for each row, its cells apart. */
  function rowInWords(row, page) {
    const cells = [...row.cells].map((each) => each.textContent.trim().replace(/\s+/g, " "));
    const line = page.createElement("p");
    line.textContent = cells.join(" · ");
    row.replaceWith(line);
  }

  /** Word writes a list as paragraphs that begin with their mark. */
  function makeLists(body, page) {
    let list = null;
    for (const each of [...body.querySelectorAll(ITEM)]) {
      const mark = each.querySelector("[style*='mso-list' i]")?.textContent ?? "";
      const kind = NUMBERED.test(mark) ? "ol" : "ul";
      if (!list || list.localName !== kind || each.previousElementSibling !== list) {
        list = page.createElement(kind);
        each.before(list);
      }
      const item = renamed(each, "li", page);
      for (const hidden of item.querySelectorAll("[style*='mso-list' i]")) if (/ignore/i.test(hidden.getAttribute("style"))) hidden.remove();
      list.append(item);
    }
  }

  function renamed(element, name, page) {
    const other = page.createElement(name);
    other.append(...element.childNodes);
    element.replaceWith(other);
    return other;
  }

  window.wagtail.app.register("clean-paste", CleanPaste);
})();
