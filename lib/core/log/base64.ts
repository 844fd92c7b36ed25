/** Standard base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

/** The bytes of standard base64 in its one form; undefined for anything else. */
export function fromBase64(text: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    // `atob` overlooks white space, missing padding and stray bits at the end.
    return toBase64(bytes) === text ? bytes : undefined
  } catch {
    return undefined
  }
}
