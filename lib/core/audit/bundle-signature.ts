import type { HexString } from '../views/hex-string'

/** What identifies a bundle's bytes. */
export interface BundleSeal {
  readonly origin: string
  readonly proposal: HexString
  readonly lines: number
  readonly sha256: HexString
}

/**
 * The text that the log's key signs at the end of a bundle, so that a false bundle is evidence against whoever made it. No
 * checkpoint reads like it: their second line is a number.
 */
export function bundleText({ origin, proposal, lines, sha256 }: BundleSeal): string {
  return `comitia-bundle/1\n${origin}\n${proposal}\n${lines}\n${sha256}\n`
}
