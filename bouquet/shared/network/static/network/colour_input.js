// Beside every colour of a brand that text is set in: the contrast with what it stands on, while it is chosen.
// Saving asks the same question (network/models.py, Brand.clean); this only spares the editor the journey.
(() => {
  const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = (hex) =>
    [1, 3, 5]
      .map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255))
      .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const label = (input) => document.querySelector(`label[for="${input.id}"]`)?.textContent.replace("*", "").trim() ?? "";

  function tell(input) {
    const grounds = input.dataset.readOn.split(" ").map((name) => document.getElementById(`id_${name}`));
    const parts = grounds.filter(Boolean).map((ground) => {
      const ratio = contrast(input.value, ground.value);
      const enough = ratio >= Number(input.dataset.needed);
      return { text: `${enough ? "✓" : "✗"} ${ratio.toFixed(1)}:1 · ${label(ground)}`, enough };
    });
    let note = input.parentElement.querySelector(".bq-contrast");
    if (!note) {
      note = document.createElement("ul");
      note.className = "bq-contrast";
      note.setAttribute("aria-live", "polite");
      input.after(note);
    }
    note.replaceChildren(
      ...parts.map(({ text, enough }) => {
        const line = document.createElement("li");
        line.textContent = text;
        line.dataset.enough = enough;
        return line;
      }),
    );
  }

  function begin() {
    const readable = [...document.querySelectorAll("input[data-read-on]")];
    for (const input of document.querySelectorAll('input[type="color"]'))
      input.addEventListener("input", () => readable.forEach(tell));
    readable.forEach(tell);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
