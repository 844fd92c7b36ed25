/** What a terminal would obey, not show: control characters, line breaks, and marks that turn text around. */
const UNSHOWN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

/** Somebody else's text for one line of a terminal: everything in it is seen, and it is no longer than a paragraph. */
export function printable(text: string): string {
  const shown = text.replace(UNSHOWN, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
  return shown.length > 600 ? `${shown.slice(0, 600)}…` : shown
}

/** JSON of one line in which a terminal finds nothing to obey either. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(
    UNSHOWN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
