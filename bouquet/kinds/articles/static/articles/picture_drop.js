// Pictures dropped on the text of an article (or chosen with the button above it): asked for what the law and who cannot
// see them need, sent one after the other, and put as blocks where they were dropped. dropped_pictures.py answers.
(() => {
  const { Controller } = window.StimulusModule;
  const isPicture = (file) => file.type.startsWith("image/") || /\.(heic|heif|avif)$/i.test(file.name);
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

  class PictureDrop extends Controller {
    static values = { url: String, label: String, failed: String };

    connect() {
      this.listening = new AbortController();
      const { signal } = this.listening;
      // before the editor of the text, which would take the file's name for words
      for (const name of ["dragover", "dragleave", "drop"])
        this.element.addEventListener(name, (event) => this[name](event), { signal, capture: true });
      this.addButton();
    }

    disconnect() {
      this.listening.abort();
      this.button?.remove();
    }

    get root() {
      return this.element.querySelector("#body-root")?.rootBlock; // Wagtail's BlockController puts it there
    }

    // The same without a mouse.
    addButton() {
      this.button = Object.assign(document.createElement("p"), { className: "bq-drop__open" });
      const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/*,.heic,.heif", multiple: true, hidden: true });
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small button-secondary", textContent: this.labelValue });
      button.addEventListener("click", () => input.click());
      input.addEventListener("change", () => {
        const files = [...input.files];
        input.value = "";
        this.ask(files, this.root.children.length);
      });
      this.button.append(button, input);
      const place = this.element.querySelector("[data-panel-content], .w-panel__content") ?? this.element;
      place.prepend(this.button);
    }

    dragover(event) {
      if (!hasFiles(event) || !this.root) return;
      event.preventDefault();
      event.stopPropagation();
      event.dataTransfer.dropEffect = "copy";
      this.mark(this.placeAt(event.clientY));
    }

    dragleave(event) {
      if (!this.element.contains(event.relatedTarget)) this.mark(null);
    }

    drop(event) {
      if (!hasFiles(event) || !this.root) return;
      event.preventDefault();
      event.stopPropagation();
      this.mark(null);
      this.ask([...event.dataTransfer.files], this.placeAt(event.clientY));
    }

    /** Before the first block whose middle lies below the pointer. */
    placeAt(y) {
      const { children } = this.root;
      const below = children.findIndex(({ element }) => {
        const box = element.getBoundingClientRect();
        return y < box.top + box.height / 2;
      });
      return below < 0 ? children.length : below;
    }

    mark(place) {
      for (const each of this.element.querySelectorAll(".bq-drop-here")) each.classList.remove("bq-drop-here");
      if (place !== null) this.root.inserters[place]?.element.classList?.add("bq-drop-here");
    }

    async ask(files, place) {
      const pictures = files.filter(isPicture);
      if (!pictures.length) return;
      const answer = await fetch(this.urlValue);
      if (!answer.ok) return window.alert(this.failedValue);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const dialog = document.importNode(page.querySelector("dialog"), true);
      document.body.append(dialog);
      const rows = pictures.map((file) => this.row(dialog, file));
      const form = dialog.querySelector("form");
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.send(dialog, form, rows, place);
      });
      dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => {
        for (const row of rows) URL.revokeObjectURL(row.shown);
        dialog.remove();
      });
      dialog.showModal();
      form.querySelector("[name=credit]").focus();
    }

    row(dialog, file) {
      const line = dialog.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
      const row = { file, line, shown: URL.createObjectURL(file), out: false };
      const image = line.querySelector("img");
      image.addEventListener("error", () => image.remove()); // HEIC: few browsers know it
      image.src = row.shown;
      line.querySelector(".bq-drop__name").textContent = file.name;
      line.querySelector("[data-leave-out]").addEventListener("click", () => {
        row.out = true;
        line.remove();
        if (!dialog.querySelector(".bq-drop__row")) dialog.close();
      });
      dialog.querySelector("[data-rows]").append(line);
      return row;
    }

    async send(dialog, form, rows, place) {
      if (!form.reportValidity()) return;
      const button = form.querySelector("[type=submit]");
      const words = button.textContent;
      [button.disabled, button.textContent] = [true, button.dataset.busy];
      let at = place + rows.filter((row) => row.done).length;
      for (const row of rows.filter((each) => !each.out && !each.done)) {
        try {
          this.put(row, await this.upload(form, row), at);
          at += 1;
        } catch (error) {
          const wrong = row.line.querySelector(".bq-drop__wrong");
          [wrong.hidden, wrong.textContent] = [false, error.message];
        }
      }
      [button.disabled, button.textContent] = [false, words];
      if (rows.every((row) => row.done || row.out)) dialog.close();
    }

    async upload(form, row) {
      const body = new FormData(form);
      body.set("file", row.file);
      body.set("description", row.line.querySelector("[data-name=description]").value);
      const answer = await fetch(this.urlValue, { method: "POST", body });
      const said = await answer.json().catch(() => ({}));
      if (answer.status !== 201) throw new Error(said.detail || this.failedValue);
      const chosen = await fetch(said.chosen, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!chosen.ok) throw new Error(this.failedValue);
      return (await chosen.json()).result;
    }

    put(row, picture, place) {
      const caption = row.line.querySelector("[data-name=caption]").value;
      const value = { picture, caption, alternative: "", width: "text" };
      this.root.insert({ type: "picture", value, id: crypto.randomUUID?.() }, place, { animate: true });
      row.done = true;
      row.line.remove();
      this.element.dispatchEvent(new Event("change", { bubbles: true })); // so that it is saved
    }
  }

  window.wagtail.app.register("picture-drop", PictureDrop);
})();
