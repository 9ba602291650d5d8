// Says something in passing: shown at the bottom for some seconds, read aloud (the region is in base.html).
export function toast(text) {
  const region = document.getElementById("toasts");
  if (!region) return;
  const note = Object.assign(document.createElement("p"), { className: "toast", textContent: text });
  region.append(note);
  setTimeout(() => note.remove(), 6000);
}
