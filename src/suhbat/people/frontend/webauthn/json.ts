// WebAuthn uses buffers, the server JSON: every binary field is base64url in JSON.

export type JsonObject = Record<string, unknown>;

const BINARY = new Set(["challenge", "id"]);

function bytes(encoded: string): ArrayBuffer {
  const plain = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// The options in the form that the browser needs. `rp.id` is a name, the other ids are bytes.
export function fromJson(options: JsonObject): JsonObject {
  const decoded: JsonObject = {};
  for (const [name, value] of Object.entries(options)) {
    if (typeof value === "string" && BINARY.has(name)) decoded[name] = bytes(value);
    else if (name === "user") decoded[name] = fromJson(value as JsonObject);
    else if (Array.isArray(value) && /^(exclude|allow)Credentials$/u.test(name)) decoded[name] = value.map((credential) => fromJson(credential as JsonObject));
    else decoded[name] = value;
  }
  return decoded;
}

// The browser's answer in the form that the server needs.
export function toJson(credential: PublicKeyCredential): JsonObject {
  const answer = credential.response;
  const response: JsonObject = { clientDataJSON: text(answer.clientDataJSON) };
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
