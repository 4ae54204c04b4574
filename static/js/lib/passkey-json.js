/** Options and credentials of passkeys between JSON and bytes, also in browsers from before 2025, which leave that to us. */
export function readOptions(kind, publicKey) {
  const parse = kind === "create" ? "parseCreationOptionsFromJSON" : "parseRequestOptionsFromJSON";
  if (PublicKeyCredential[parse]) return PublicKeyCredential[parse](publicKey);
  const read = { ...publicKey, challenge: bytesOf(publicKey.challenge) };
  if (read.user) read.user = { ...read.user, id: bytesOf(read.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (read[list]) read[list] = read[list].map((each) => ({ ...each, id: bytesOf(each.id) }));
  }
  return read;
}

/** What the server reads of a credential. */
export function credentialJson({ rawId, response }) {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const brought = names.filter((name) => response[name]).map((name) => [name, textOf(response[name])]);
  return JSON.stringify({ rawId: textOf(rawId), response: Object.fromEntries(brought) });
}

/** The user whose passkey it is: exercises/accounts writes the id in base 36. */
export function userOf(handle) {
  return String(parseInt(new TextDecoder().decode(handle), 36));
}

function bytesOf(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
}

function textOf(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
