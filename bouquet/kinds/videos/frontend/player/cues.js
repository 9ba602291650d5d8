// Times and texts of captions, for the editor and the transcript.

/** 83456 → "1:23.456"; zeros at the end go, one digit stays. */
export function written(milliseconds) {
  const whole = Math.floor(milliseconds / 1000);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  const part = String(milliseconds % 1000).padStart(3, "0").replace(/0{1,2}$/, "");
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(rest)}.${part}`;
}

/** "1:23.4", "83,4", "1:02:03" → milliseconds; null for anything else. */
export function milliseconds(text) {
  const found = text.trim().replace(",", ".").match(/^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:\.(\d{1,3}))?$/);
  if (!found) return null;
  const [, hours, minutes, rest, part] = found;
  return (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest)) * 1000 + Number((part ?? "0").padEnd(3, "0"));
}

/** Letters as search compares them: “École” and “ecole” are the same. */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** A WebVTT file for the person's own disk. */
export function asFile(cues) {
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/<(?!\/?(?:b|i|u|v|c|lang|ruby|rt)\b)/g, "&lt;");
  const clock = (ms) => new Date(ms).toISOString().slice(11, 23);
  const blocks = cues.map((cue) => `${clock(cue.start)} --> ${clock(cue.end)}\n${escaped(cue.text)}`);
  return new Blob([["WEBVTT", ...blocks].join("\n\n"), "\n"], { type: "text/vtt" });
}

export function saveFile(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
