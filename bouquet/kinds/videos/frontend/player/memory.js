// What this device remembers. In an embed the browser may refuse storage: then nothing is remembered.
export function recall(name) {
  try {
    return localStorage.getItem(`bq.${name}`);
  } catch {
    return null;
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(`bq.${name}`, String(value));
  } catch {
    // storage is refused or full
  }
}
