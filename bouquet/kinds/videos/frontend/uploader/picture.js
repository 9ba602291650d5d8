// A picture of a film, drawn by the browser itself, and its way to the server.
const WIDEST = 1920;

/** The frame that a <video> shows now, as a JPEG. */
export function frameOf(film) {
  const scale = Math.min(1, WIDEST / Math.max(film.videoWidth, film.videoHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(film.videoWidth * scale);
  canvas.height = Math.round(film.videoHeight * scale);
  canvas.getContext("2d").drawImage(film, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
}

/** Gives `{ error }`: a sentence, or "" where the picture was taken. */
export async function sendPicture(address, picture) {
  const form = new FormData();
  form.append("picture", picture, picture.name ?? "poster.jpg");
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: form,
      headers: { accept: "application/json", "x-csrftoken": csrfToken() },
    });
    const { detail } = await answer.json().catch(() => ({}));
    return { error: answer.ok ? "" : detail || answer.statusText };
  } catch (broken) {
    return { error: broken.message };
  }
}

export function csrfToken() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}
