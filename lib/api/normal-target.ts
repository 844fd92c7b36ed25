/**
 * A request target in the one form that everything behind it reads alike: path and query, without dot segments,
 * backslashes, a fragment, or escapes of characters that need none. `/./api/msg`, `/%61pi/msg` and `http://host/api/msg`
 * are `/api/msg`. Undefined if it has no such form, or its path holds NUL or is not UTF-8.
 */
export function normalTarget(target: string): string | undefined {
  try {
    const { protocol, pathname, search } = new URL(target.startsWith('/') ? `http://host${target}` : target)
    if (!/^https?:$/.test(protocol) || decodeURIComponent(pathname).includes('\0')) return undefined
    const path = pathname.replace(/%[0-9a-f]{2}/gi, (code) => {
      const character = String.fromCharCode(Number.parseInt(code.slice(1), 16))
      return /[A-Za-z0-9_~-]/.test(character) ? character : code
    })
    return `${path}${search}`
  } catch {
    return undefined
  }
}
