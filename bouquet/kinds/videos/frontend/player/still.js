// The picture of a moment, without playing: what an editor's page asks for, and whoever moves along the line of a film
// that was not begun. Where nothing was loaded yet, as much of the stream as this picture needs.
export async function showMoment(player, seconds) {
  const { film, stream } = player;
  player.seek(seconds);
  if (stream.isOpen) return;
  player.element.classList.add("player--begun");
  player.trouble.wait(true);
  film.preload = "auto"; // WebKit loads nothing of a film that does not play
  film.addEventListener("loadeddata", () => film.paused && (film.currentTime = player.startValue), { once: true }); // it may have moved on meanwhile
  await stream.open(player.startValue || 0);
}
