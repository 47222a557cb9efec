// A head signs the hash of the text with a passkey: the server sends the challenge, the browser asks for the passkey.
interface Options { challenge: string; allowCredentials?: { id: string; type: string }[]; [more: string]: unknown }

/** A refusal of the server, in the reader's language; other errors have the browser's own message. */
class Refusal extends Error {}

export function sign(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("button");
  const message = form.querySelector<HTMLElement>("[data-say]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button) button.disabled = true;
    try {
      await perform(form);
    } catch (error) {
      const cancelled = error instanceof DOMException && ["NotAllowedError", "AbortError"].includes(error.name);
      const reason = cancelled ? form.dataset["cancelled"] : error instanceof Refusal ? error.message : "";
      if (message) message.textContent = reason || (form.dataset["failed"] ?? "");
      if (button) button.disabled = false;
    }
  });
}

async function perform(form: HTMLFormElement): Promise<void> {
  const address = form.dataset["sign"] ?? "";
  const options = (await send(address, "GET")) as Options;
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map((allowed) => ({ ...allowed, id: bytes(allowed.id) })),
  } as unknown as PublicKeyCredentialRequestOptions;
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAssertionResponse;
  await send(address, "POST", {
    id: credential.id, rawId: text(credential.rawId), type: credential.type, clientExtensionResults: {},
    response: {
      clientDataJSON: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData),
      signature: text(response.signature), userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  });
  location.assign(form.dataset["then"] ?? "");
}

async function send(path: string, method: string, body?: unknown): Promise<unknown> {
  const headers = { accept: "application/json", ...(body ? { "content-type": "application/json" } : {}) };
  const reply = await fetch(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const answer = (await reply.json()) as { why?: string };
  if (!reply.ok) throw new Refusal(answer.why);
  return answer;
}

function bytes(encoded: string): Uint8Array<ArrayBuffer> {
  const plain = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
