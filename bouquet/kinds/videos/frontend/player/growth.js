// A film that is still being made: asks until all is ready, and takes new rungs up where we are.
const EVERY = 4000;

export class Growth {
  constructor(player) {
    this.player = player;
    this.asking = setInterval(() => this.ask(), EVERY);
  }

  async ask() {
    const { player } = this;
    const answer = await fetch(player.statusValue, { headers: { accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const video = await answer.json();
    if (video.storyboard) player.offerStoryboard(video.storyboard);
    if (video.duration) player.durationValue = video.duration;
    const whole = video.renditions.every((rung) => !rung.growing);
    if (whole && video.renditions.length > (player.rungs.known ?? 0)) player.takeUp(video.hls, video.renditions.length);
    if (whole) player.growingValue = false;
    if (["ready", "failed"].includes(video.state)) this.leave();
  }

  leave() {
    clearInterval(this.asking);
  }
}
