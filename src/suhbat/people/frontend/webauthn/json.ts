// WebAuthn speaks in buffers, the house in JSON: every binary field is base64url on the way.

export type Asked = Record<string, unknown>;

const BINARY = new Set(["challenge", "id"]);

function bytes(text: string): ArrayBuffer {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

// The options as the browser takes them. `rp.id` is a name, the other ids are bytes.
export function fromJson(asked: Asked): Asked {
  const made: Asked = {};
  for (const [name, value] of Object.entries(asked)) {
    if (typeof value === "string" && BINARY.has(name)) made[name] = bytes(value);
    else if (name === "user") made[name] = fromJson(value as Asked);
    else if (Array.isArray(value) && /^(exclude|allow)Credentials$/.test(name)) made[name] = value.map((one) => fromJson(one as Asked));
    else made[name] = value;
  }
  return made;
}

// The browser's answer as the house takes it.
export function toJson(credential: PublicKeyCredential): Asked {
  const answer = credential.response;
  const response: Asked = { clientDataJSON: text(answer.clientDataJSON) };
  if (answer instanceof AuthenticatorAttestationResponse) {
    response["attestationObject"] = text(answer.attestationObject);
    response["transports"] = answer.getTransports();
  } else if (answer instanceof AuthenticatorAssertionResponse) {
    response["authenticatorData"] = text(answer.authenticatorData);
    response["signature"] = text(answer.signature);
    response["userHandle"] = answer.userHandle ? text(answer.userHandle) : null;
  }
  return {
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
