// A head signs the text's hash with a passkey: the server names the challenge, the browser asks for finger or face.
interface Asked { challenge: string; allowCredentials?: { id: string; type: string }[]; [more: string]: unknown }

/** What the server says; any other fault has the browser's own words, in the browser's language. */
class Refusal extends Error {}

export function sign(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("button");
  const says = form.querySelector<HTMLElement>("[data-say]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button) button.disabled = true;
    try {
      await perform(form);
    } catch (fault) {
      const cancelled = fault instanceof DOMException && ["NotAllowedError", "AbortError"].includes(fault.name);
      const said = cancelled ? form.dataset["cancelled"] : fault instanceof Refusal ? fault.message : "";
      if (says) says.textContent = said || form.dataset["failed"]!;
      if (button) button.disabled = false;
    }
  });
}

async function perform(form: HTMLFormElement): Promise<void> {
  const asked = (await talk(form.dataset["sign"]!, "GET")) as Asked;
  const publicKey = {
    ...asked,
    challenge: bytes(asked.challenge),
    allowCredentials: (asked.allowCredentials ?? []).map((each) => ({ ...each, id: bytes(each.id) })),
  } as unknown as PublicKeyCredentialRequestOptions;
  const given = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const said = given.response as AuthenticatorAssertionResponse;
  await talk(form.dataset["sign"]!, "POST", {
    id: given.id, rawId: text(given.rawId), type: given.type, clientExtensionResults: {},
    response: {
      clientDataJSON: text(said.clientDataJSON), authenticatorData: text(said.authenticatorData),
      signature: text(said.signature), userHandle: said.userHandle ? text(said.userHandle) : null,
    },
  });
  location.assign(form.dataset["then"]!);
}

async function talk(path: string, method: string, body?: unknown): Promise<unknown> {
  const headers = { accept: "application/json", ...(body ? { "content-type": "application/json" } : {}) };
  const reply = await fetch(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const said = (await reply.json()) as { why?: string };
  if (!reply.ok) throw new Refusal(said.why);
  return said;
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
