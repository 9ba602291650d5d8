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
        this.ask(files, { list: this.root, place: this.root.children.length });
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
      this.mark(this.placeAt(event));
    }

    dragleave(event) {
      if (!this.element.contains(event.relatedTarget)) this.mark(null);
    }

    drop(event) {
      if (!hasFiles(event) || !this.root) return;
      event.preventDefault();
      event.stopPropagation();
      this.mark(null);
      this.ask([...event.dataTransfer.files], this.placeAt(event));
    }

    /** Into the gallery below the pointer, or between the blocks of the text: before the first whose middle lies below. */
    placeAt({ target, clientY }) {
      const gallery = this.root.children.find(({ type, element }) => type === "gallery" && element.contains(target));
      const list = gallery?.block.childBlocks.pictures ?? this.root;
      const below = list.children.findIndex(({ element }) => {
        const box = element.getBoundingClientRect();
        return clientY < box.top + box.height / 2;
      });
      return { list, place: below < 0 ? list.children.length : below };
    }

    mark(where) {
      for (const each of this.element.querySelectorAll(".bq-drop-here")) each.classList.remove("bq-drop-here");
      if (where) where.list.inserters[where.place]?.element.classList?.add("bq-drop-here");
    }

    async ask(files, where) {
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
        this.send(dialog, form, rows, where);
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

    async send(dialog, form, rows, where) {
      if (!form.reportValidity()) return;
      const button = form.querySelector("[type=submit]");
      const words = button.textContent;
      [button.disabled, button.textContent] = [true, button.dataset.busy];
      for (const row of rows.filter((each) => !each.out && !each.done)) {
        try {
          this.put(row, await this.upload(form, row), where);
          where.place += 1;
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

    put(row, picture, where) {
      const caption = row.line.querySelector("[data-name=caption]").value;
      const shown = { picture, caption, alternative: "" };
      const id = crypto.randomUUID?.();
      if (where.list === this.root) this.root.insert({ type: "picture", value: { ...shown, width: "text" }, id }, where.place, { animate: true });
      else this.hang(shown, id, where);
      row.done = true;
      row.line.remove();
      this.element.dispatchEvent(new Event("change", { bubbles: true })); // so that it is saved
    }

    /** In a gallery: the places that were kept free go first. */
    hang(shown, id, where) {
      const { list } = where;
      for (let at = list.children.length - 1; at >= 0; at -= 1) {
        const { picture, caption } = list.children[at].block.getState();
        if (picture || caption) continue;
        list.deleteBlock(at);
        if (at < where.place) where.place -= 1;
      }
      list.insert(shown, where.place, { animate: true, id });
    }
  }

  window.wagtail.app.register("picture-drop", PictureDrop);
})();
