// The small picture above the time line: a WebVTT file whose cues point into sprites (`sprite.jpg#xywh=0,0,160,90`).
export class Preview {
  constructor(address, frame) {
    this.address = address;
    this.frame = frame;
  }

  /** Fetched when the pointer first comes to the line. */
  fetchCues() {
    return (this.cues ??= this.address
      ? fetch(this.address)
          .then((answer) => (answer.ok ? answer.text() : ""))
          .then((text) => parse(text, new URL(this.address, location.href)))
          .catch(() => [])
      : Promise.resolve([]));
  }

  async show(seconds) {
    const cue = (await this.fetchCues()).find((each) => seconds < each.until);
    this.frame.hidden = !cue;
    if (!cue) return;
    const { style } = this.frame;
    style.inlineSize = `${cue.width}px`;
    style.blockSize = `${cue.height}px`;
    style.backgroundImage = `url("${cue.sheet}")`;
    style.backgroundPosition = `-${cue.x}px -${cue.y}px`;
  }
}

function parse(text, base) {
  return text
    .split(/\r?\n\r?\n/)
    .map((block) => block.match(/--> *([\d:.]+)[^\n]*\n(.+)#xywh=(\d+),(\d+),(\d+),(\d+)/))
    .filter(Boolean)
    .map(([, until, sheet, x, y, width, height]) => ({
      until: until.split(":").reduce((sum, part) => sum * 60 + Number(part), 0),
      sheet: new URL(sheet.trim(), base).href,
      x,
      y,
      width,
      height,
    }));
}
