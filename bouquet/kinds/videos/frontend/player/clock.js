/** 83 → "1:23", 3723 → "1:02:03". */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds || 0));
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const [first, ...rest] = parts[0] ? parts : parts.slice(1);
  return [first, ...rest.map((part) => String(part).padStart(2, "0"))].join(":");
}

const MOST = 7 * 24 * 3600;

/** "83", "1:23", "1m23s", "1h2m3s" → seconds; 0 for anything else. */
export function seconds(text) {
  const said = (text ?? "").trim().toLowerCase();
  const [, hours, minutes, rest] =
    said.match(/^(?:(?:(\d{1,6}):)?(\d{1,6}):)?(\d{1,9}(?:\.\d{1,9})?)s?$/) ?? said.match(/^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s?)?$/) ?? [];
  return Math.min(MOST, Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest ?? 0));
}
