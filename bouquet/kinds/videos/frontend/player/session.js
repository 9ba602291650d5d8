// Lock screens, headphones and keyboards with media keys.
export function tellDevice(player, { title, artist, poster }) {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = new MediaMetadata({
    title,
    artist,
    artwork: poster ? [{ src: new URL(poster, location.href).href }] : [],
  });
  const acts = {
    play: () => player.play(),
    pause: () => player.film.pause(),
    seekbackward: (asked) => player.skip(-(asked.seekOffset ?? 10)),
    seekforward: (asked) => player.skip(asked.seekOffset ?? 10),
    seekto: (asked) => player.seek(asked.seekTime),
    stop: () => player.film.pause(),
  };
  for (const [name, act] of Object.entries(acts)) {
    try {
      navigator.mediaSession.setActionHandler(name, act);
    } catch {
      // a browser that does not know this action
    }
  }
}

export function tellPosition(film, duration) {
  if (!navigator.mediaSession?.setPositionState || !(duration > 0)) return;
  navigator.mediaSession.setPositionState({
    duration,
    playbackRate: film.playbackRate || 1,
    position: Math.min(film.currentTime, duration),
  });
}
