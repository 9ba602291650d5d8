// Registers the service worker, so that the site can be put on a phone's home screen and take films from its gallery.
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  connect() {
    if (!("serviceWorker" in navigator)) return;
    const register = () => navigator.serviceWorker.register("/sw.js", { scope: "/" }).catch(() => {});
    if (document.readyState === "complete") register();
    else window.addEventListener("load", register, { once: true });
  }
}
