import { Controller } from "@hotwired/stimulus";

// A film, a sound or a post of somebody else's: the frame comes when the reader asks for it, and only then. Without JavaScript the link to its own page is there.
export default class extends Controller {
  static targets = ["ask", "button"];
  static values = { frame: String, title: String, shape: String };

  connect() {
    this.buttonTarget.hidden = false;
  }

  show() {
    const frame = document.createElement("iframe");
    frame.className = "article__frame";
    frame.dataset.shape = this.shapeValue;
    frame.src = this.frameValue;
    frame.title = this.titleValue;
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    this.askTarget.replaceWith(frame);
    frame.focus();
  }
}
