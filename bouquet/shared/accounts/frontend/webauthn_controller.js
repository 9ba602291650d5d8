import { Controller } from "@hotwired/stimulus";

// A form whose `credential` field a passkey fills (W3C Web Authentication). Standing in the form:
//   data-webauthn-source-value   id of a json_script with {creation_options} or {request_options}; or
//   data-webauthn-address-value  where to fetch {request_options} from
//   data-webauthn-resident-value the new passkey must be able to sign in by itself
//   data-webauthn-suggest-value  offer passkeys while the address is typed (autocomplete="… webauthn")
//   data-webauthn-whole-value    without passkeys in this browser the form stays hidden, not only its button
export default class extends Controller {
  static targets = ["button", "failure", "without"];
  static values = { source: String, address: String, resident: Boolean, suggest: Boolean, whole: Boolean };

  connect() {
    if (!window.PublicKeyCredential) return;
    if (this.wholeValue) this.element.hidden = false;
    this.buttonTarget.hidden = false;
    if (this.hasWithoutTarget) this.withoutTarget.hidden = true;
    if (this.suggestValue) this.suggest();
  }

  disconnect() {
    this.asking?.abort();
  }

  async suggest() {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    try {
      await this.ask({ mediation: "conditional" });
    } catch {
      // Nobody chose one: the page goes on as it is.
    }
  }

  use() {
    return this.attempt(() => this.ask({}));
  }

  create() {
    return this.attempt(async () => {
      const { publicKey } = (await this.options()).creation_options;
      if (this.residentValue) {
        Object.assign(publicKey.authenticatorSelection, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
      }
      this.send(await navigator.credentials.create({ publicKey: withBytes(publicKey) }));
    });
  }

  async ask(how) {
    this.asking?.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    const { publicKey } = (await this.options()).request_options;
    this.send(await navigator.credentials.get({ publicKey: withBytes(publicKey), signal, ...how }));
  }

  async attempt(act) {
    this.failureTarget.hidden = true;
    this.buttonTarget.setAttribute("aria-busy", "true");
    try {
      await act();
    } catch {
      this.buttonTarget.removeAttribute("aria-busy");
      this.failureTarget.hidden = false;
    }
  }

  async options() {
    if (this.sourceValue) return JSON.parse(document.getElementById(this.sourceValue).textContent);
    const answer = await fetch(this.addressValue, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }

  send(credential) {
    this.element.elements.credential.value = JSON.stringify(plain(credential));
    this.element.submit();
  }
}

// The JSON forms of the standard (§5.1.8–5.1.10), for browsers that do not have them built in.
function withBytes(options) {
  const all = structuredClone(options);
  all.challenge = bytes(all.challenge);
  if (all.user) all.user.id = bytes(all.user.id);
  for (const list of [all.excludeCredentials, all.allowCredentials]) for (const each of list ?? []) each.id = bytes(each.id);
  return all;
}

function plain(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, text(response[part])])),
  };
}

function bytes(words) {
  return Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
