// One film on its way by tus 1.0. A phone that goes into a tunnel, sleeps or changes its network loses nothing: what
// has arrived stays, and sending goes on where it stopped, for as long as this page is open.
const CHUNK = 16 * 1024 * 1024; // below the limits of proxies
const DELAYS = [0, 1, 2, 5, 10, 15, 30, 30, 60, 60, 120, 120, 300, 300, 600].map((seconds) => seconds * 1000);

export class Sending {
  /** `on`: state(name, detail), progress(sent, all), done(). */
  constructor(file, address, on) {
    this.file = file;
    this.address = address;
    this.on = on;
    this.state = "new";
    this.hear = this.hear.bind(this);
  }

  async start() {
    const { Upload } = await import("tus-js-client");
    window.addEventListener("online", this.hear);
    window.addEventListener("offline", this.hear);
    document.addEventListener("visibilitychange", this.hear);
    this.upload = new Upload(this.file, {
      uploadUrl: this.address,
      chunkSize: CHUNK,
      retryDelays: DELAYS,
      storeFingerprintForResuming: false, // the server lists what is unfinished; the address is known
      removeFingerprintOnSuccess: true,
      onShouldRetry: (error) => this.shouldRetry(error),
      onProgress: (sent, all) => {
        if (this.state !== "sending") this.go("sending");
        this.on.progress(sent, all);
      },
      onError: (error) => this.fail(error),
      onSuccess: () => this.end("done"),
    });
    this.resume();
  }

  resume() {
    this.go("checking");
    this.upload.start();
    this.stayAwake();
  }

  async pause() {
    this.go("paused");
    await this.upload.abort();
    this.wakeLock?.release().catch(() => {});
  }

  stop() {
    this.end("stopped");
    return this.upload?.abort();
  }

  /** The line is back, or the phone is in somebody's hand again: no reason to wait for the next attempt. */
  hear() {
    if (document.visibilityState === "visible" && this.state === "sending") this.stayAwake();
    if (!navigator.onLine) return ["sending", "checking", "again"].includes(this.state) && this.go("waiting");
    if (document.visibilityState !== "visible") return;
    if (["waiting", "again", "broken"].includes(this.state)) this.upload.abort().then(() => this.resume());
  }

  shouldRetry(error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    const worth = status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;
    if (worth) this.go(navigator.onLine ? "again" : "waiting");
    return worth && status !== 507;
  }

  fail(error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    const problem = readProblem(error.originalResponse?.getBody());
    if (status === 404 || status === 410) return this.end("gone", problem);
    if (status === 401 || status === 403) return this.go("signedOut", problem);
    if (status === 413 || status === 507 || status === 460 || status === 415) return this.go("refused", problem);
    this.go("broken", problem);
  }

  go(state, detail = "") {
    if (this.state === "done" || this.state === "stopped") return;
    this.state = state;
    this.on.state(state, detail);
  }

  end(state, detail = "") {
    this.go(state, detail);
    window.removeEventListener("online", this.hear);
    window.removeEventListener("offline", this.hear);
    document.removeEventListener("visibilitychange", this.hear);
    this.wakeLock?.release().catch(() => {});
    if (state === "done") this.on.done();
  }

  /** A screen that stays on: phones stop sending when it goes dark. */
  async stayAwake() {
    try {
      this.wakeLock = await navigator.wakeLock?.request("screen");
    } catch {
      // saving the battery, or a browser without it: sending goes on when the page is seen again
    }
  }
}

function readProblem(body) {
  try {
    const { detail, title } = JSON.parse(body);
    return detail ?? title ?? "";
  } catch {
    return "";
  }
}
