import type { HexString } from '../../core/views/hex-string'

/** Where a bundle is, and which proposal it has to be about. */
export interface BundleAddress {
  readonly url: string
  readonly proposal?: HexString
}

/**
 * The bundle that a URL means: of a proposal's page, or of anything that a Comitia server has under a proposal's id, that
 * proposal's bundle; of anything else, what is there.
 */
export function bundleAddress(text: string): BundleAddress {
  const url = new URL(text)
  const [, base, id] =
    /^(.*?)(?:\/api(?:\/v1)?\/proposals|\/[^/]+\/proposal)\/(0x[0-9a-f]{64})(?:\/.*)?$/i.exec(url.pathname) ??
    []
  if (base === undefined || id === undefined) return { url: url.href }
  const proposal = id.toLowerCase() as HexString
  return { url: `${url.origin}${base}/api/proposals/${proposal}/bundle`, proposal }
}
