// Passkeys: asks the browser for one and takes its answer to the house. The server makes and checks everything.
import { fromJson, toJson, type Asked } from "./webauthn/json";

type Purpose = "keep" | "sign-in";

async function post(path: string, body: unknown): Promise<unknown> {
  const reply = await fetch(path, {
    method: "POST", headers: { "content-type": "application/json", accept: "application/json" }, body: JSON.stringify(body),
  });
  const said: unknown = await reply.json();
  if (!reply.ok) throw new Refusal(why(said));
  return said;
}

/** What the server says; any other fault has the browser's own words, in the browser's language. */
class Refusal extends Error {}

function why(said: unknown): string {
  return typeof said === "object" && said !== null && "why" in said ? String(said.why) : "";
}

async function perform(form: HTMLFormElement, purpose: Purpose): Promise<void> {
  // The page gives the addresses, in its reader's language: so a refusal is said in that language too.
  const { challenge = "", answer = "" } = form.dataset;
  const asked = fromJson((await post(challenge, {})) as Asked);
  const given = purpose === "keep"
    ? await navigator.credentials.create({ publicKey: asked as unknown as PublicKeyCredentialCreationOptions })
    : await navigator.credentials.get({ publicKey: asked as unknown as PublicKeyCredentialRequestOptions });
  const credential = toJson(given as PublicKeyCredential);
  const device = form.querySelector<HTMLInputElement>("input[name=device]")?.value.trim() ?? "";
  await post(answer, purpose === "keep" ? { credential, device } : credential);
  location.assign(form.dataset["then"] ?? "/me");
}

// What to tell someone whose passkey did not work: the server's reason, or what the browser's fault means.
function explain(fault: unknown, form: HTMLFormElement): string {
  const name = fault instanceof DOMException ? fault.name : "";
  if (name === "InvalidStateError" && form.dataset["twice"]) return form.dataset["twice"];
  if (name === "NotAllowedError" || name === "AbortError") return form.dataset["cancelled"] ?? "";
  return (fault instanceof Refusal && fault.message) || (form.dataset["failed"] ?? "");
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
  const button = form.querySelector<HTMLButtonElement>("button");
  const says = form.querySelector<HTMLElement>("[data-say]");
  if (!("PublicKeyCredential" in window)) form.querySelector("[data-no-passkeys]")?.removeAttribute("hidden");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button) button.disabled = true;
    if (says) says.textContent = "";
    try {
      await perform(form, form.dataset["passkey"] as Purpose);
    } catch (fault) {
      if (says) says.textContent = explain(fault, form);
      if (button) button.disabled = false;
    }
  });
}
