/** 83 → "1:23", 3723 → "1:02:03". */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds || 0));
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const [first, ...rest] = parts[0] ? parts : parts.slice(1);
  return [first, ...rest.map((part) => String(part).padStart(2, "0"))].join(":");
}

/** "83", "1:23", "1m23s" → seconds. */
export function seconds(text) {
  if (!text) return 0;
  if (/^[\d:.]+$/.test(text)) return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  const [, hours, minutes, rest] = text.match(/^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/) ?? [];
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest ?? 0);
}
