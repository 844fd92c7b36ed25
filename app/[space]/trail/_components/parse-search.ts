/**
 * What somebody typed into the trail's search, as filters: an account, by name where it has one here; an id or a
 * transaction's hash; a place in the log. Null when it is none of them, or not yet.
 */
export function parseSearch(
  text: string,
  accounts: readonly { readonly name: string; readonly address: string }[],
): { readonly author: string | undefined; readonly find: string | undefined } | null {
  const none = { author: undefined, find: undefined }
  if (text === '') return none
  const named = accounts.find(({ name }) => name.toLowerCase() === text.toLowerCase())
  if (named) return { ...none, author: named.address }
  if (/^0x[0-9a-f]{40}$/i.test(text)) return { ...none, author: text }
  if (/^0x[0-9a-f]{64}$/i.test(text)) return { ...none, find: text }
  return /^#?\d{1,15}$/.test(text) ? { ...none, find: text.replace('#', '') } : null
}
