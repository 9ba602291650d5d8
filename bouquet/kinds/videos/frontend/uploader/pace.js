// How quickly a film leaves, over the last ten seconds, and what that means for the rest.
const WINDOW = 10_000;

export class Pace {
  constructor() {
    this.points = [];
  }

  note(sent) {
    const now = performance.now();
    this.points.push({ now, sent });
    while (this.points.length > 2 && now - this.points[0].now > WINDOW) this.points.shift();
  }

  /** Bytes a second, 0 while unknown. */
  get speed() {
    const [first, last] = [this.points[0], this.points.at(-1)];
    const seconds = first ? (last.now - first.now) / 1000 : 0;
    return seconds > 0.5 ? (last.sent - first.sent) / seconds : 0;
  }

  forget() {
    this.points = [];
  }
}

export function bytes(number, language) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  const step = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, number)) / Math.log(1000)));
  const value = number / 1000 ** step;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[step],
    unitDisplay: "short",
    maximumFractionDigits: step > 1 && value < 100 ? 1 : 0,
  }).format(value);
}
