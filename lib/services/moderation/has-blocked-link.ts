import type { Blocklist } from './read-blocklist'

/** Whether a text has one of the links in it, in any case. */
export function hasBlockedLink({ links }: Pick<Blocklist, 'links'>, text: string): boolean {
  const lower = text.toLowerCase()
  return links.some((link) => lower.includes(link))
}
