// What can be chosen of a stream: its picture (rungs of the ladder) and its voices, as radio buttons of the menu.
import { keep, recall } from "./memory.js";

export class Rungs {
  constructor(player) {
    this.player = player;
    this.words = player.wordsValue;
  }

  list(levels) {
    const { player } = this;
    const rungs = [...levels].sort((a, b) => b.height - a.height || b.bitrate - a.bitrate);
    const best = rungs.filter((rung, i) => rungs.findIndex((other) => other.height === rung.height) === i);
    this.known = levels.length;
    player.qualityTarget.hidden = best.length < 2;
    player.qualitiesTarget.replaceChildren(
      field("quality", -1, this.words.auto, "", true, "chooseQuality"),
      ...best.map((rung) => field("quality", rung.index, `${rung.height}p`, rate(rung.bitrate), false, "chooseQuality")),
    );
  }

  show(height) {
    const { player, words } = this;
    const auto = player.qualitiesTarget.querySelector("[value='-1'] + span");
    if (auto) auto.textContent = player.stream.isAutomatic && height ? `${words.auto} (${height}p)` : words.auto;
    player.element.dataset.height = height ?? "";
  }

  /** The language that was last chosen on this device comes on by itself; a description only where it was chosen. */
  listVoices(voices) {
    const { player } = this;
    player.voiceTarget.hidden = voices.length < 2;
    if (voices.length < 2) return;
    const wanted = voices.find((voice) => called(voice) === recall("voice"));
    if (wanted && !wanted.isOn && this.spoken !== wanted.index) player.stream.speak((this.spoken = wanted.index));
    const on = wanted ?? voices.find((voice) => voice.isOn) ?? voices[0];
    player.voicesTarget.replaceChildren(
      ...voices.map((voice) => {
        const label = field("voice", voice.index, this.nameOf(voice), "", voice === on, "chooseVoice");
        if (voice.language) label.lang = voice.language;
        return label;
      }),
    );
    this.voices = voices;
  }

  choose(index) {
    const voice = this.voices.find((each) => each.index === index);
    this.spoken = index;
    keep("voice", called(voice));
    this.player.stream.speak(index);
  }

  nameOf({ name, language, describes, index }) {
    let own = name || "";
    try {
      own ||= language ? new Intl.DisplayNames([language], { type: "language" }).of(language) : "";
    } catch {
      // a language that is none
    }
    own ||= `${index + 1}`;
    return describes && !own.includes(this.words.described) ? `${own} – ${this.words.described}` : own;
  }
}

function called({ language, describes }) {
  return `${language || ""} ${describes ? "described" : "main"}`;
}

function rate(bits) {
  if (!bits) return "";
  const mega = bits / 1e6;
  return `${mega.toLocaleString(document.documentElement.lang, { maximumFractionDigits: mega < 10 ? 1 : 0 })} Mb/s`;
}

function field(name, value, words, more, checked, act) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "radio", name, value, checked });
  input.dataset.action = `player#${act}`;
  const text = document.createElement("span");
  text.textContent = words;
  if (more) text.append(Object.assign(document.createElement("small"), { textContent: more }));
  label.append(input, text);
  return label;
}
