// Passkeys: requests one from the browser and sends its answer to the server, which checks it.
import { fromJson, toJson, type JsonObject } from "./webauthn/json";

type Purpose = "keep" | "sign-in";

async function post(path: string, body: unknown): Promise<unknown> {
  const reply = await fetch(path, {
    method: "POST", headers: { "content-type": "application/json", accept: "application/json" }, body: JSON.stringify(body),
  });
  const answer: unknown = await reply.json();
  if (!reply.ok) throw new Refusal(reason(answer));
  return answer;
}

/** A refusal of the server, in the reader's language; other errors have the browser's own message. */
class Refusal extends Error {}

function reason(answer: unknown): string {
  return typeof answer === "object" && answer !== null && "why" in answer ? String(answer.why) : "";
}

async function perform(form: HTMLFormElement, purpose: Purpose): Promise<void> {
  // The addresses in the page contain the reader's language, so a refusal comes in that language.
  const { challenge = "", answer = "" } = form.dataset;
  const options = fromJson((await post(challenge, {})) as JsonObject);
  const passkey = purpose === "keep"
    ? await navigator.credentials.create({ publicKey: options as unknown as PublicKeyCredentialCreationOptions })
    : await navigator.credentials.get({ publicKey: options as unknown as PublicKeyCredentialRequestOptions });
  const credential = toJson(passkey as PublicKeyCredential);
  const device = form.querySelector<HTMLInputElement>("input[name=device]")?.value.trim() ?? "";
  await post(answer, purpose === "keep" ? { credential, device } : credential);
  location.assign(form.dataset["then"] ?? "/me");
}

// Why the passkey did not work: the server's reason, or the meaning of the browser's error.
function explain(error: unknown, form: HTMLFormElement): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "InvalidStateError" && form.dataset["twice"]) return form.dataset["twice"];
  if (name === "NotAllowedError" || name === "AbortError") return form.dataset["cancelled"] ?? "";
  return (error instanceof Refusal && error.message) || (form.dataset["failed"] ?? "");
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
  const button = form.querySelector<HTMLButtonElement>("button");
  const message = form.querySelector<HTMLElement>("[data-say]");
  if (!("PublicKeyCredential" in window)) form.querySelector("[data-no-passkeys]")?.removeAttribute("hidden");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button) button.disabled = true;
    if (message) message.textContent = "";
    try {
      await perform(form, form.dataset["passkey"] as Purpose);
    } catch (error) {
      if (message) message.textContent = explain(error, form);
      if (button) button.disabled = false;
    }
  });
}
