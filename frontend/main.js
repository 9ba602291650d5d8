// The one script of every page. A behaviour is a small Stimulus controller in an app's `frontend/` folder, named
// `<name>_controller.js`; it is fetched when `data-controller="<name>"` is first seen, not before.
import { Application } from "@hotwired/stimulus";
import "../bouquet/toolkit/frontend/css/index.css";
import "./kind_styles.js";

const controllers = import.meta.glob("../bouquet/**/frontend/**/*_controller.js");
const byName = Object.fromEntries(
  Object.entries(controllers).map(([path, load]) => [
    path.split("/").pop().replace("_controller.js", "").replaceAll("_", "-"),
    load,
  ]),
);

const application = Application.start();
const asked = new Set();

function fetchControllers(root) {
  for (const element of root.querySelectorAll("[data-controller]")) {
    for (const name of element.dataset.controller.split(/\s+/)) {
      if (asked.has(name) || !byName[name]) continue;
      asked.add(name);
      byName[name]().then((module) => application.register(name, module.default));
    }
  }
}

fetchControllers(document);
new MutationObserver((records) => {
  for (const record of records)
    for (const node of record.addedNodes) if (node.nodeType === 1) fetchControllers(node.parentElement ?? document);
}).observe(document.body, { childList: true, subtree: true });
