import { normalize } from 'viem/ens'
import { refuse } from '../errors'

export interface SpaceId {
  /** `ens`: whoever controls the name controls the space. `native`: whoever claimed the id first does. */
  readonly kind: 'ens' | 'native'
  /** Lower case, as stored and looked up. */
  readonly id: string
}

const NATIVE = /^[a-z0-9][a-z0-9-]{2,62}$/

/** First path segments that routes and crawlers need. */
const RESERVED = new Set(
  (
    '_next about account admin api audit create delegates docs explore favicon.ico graphql health hub inbox ' +
    'log proposal receipts robots.txt settings spaces static trail treasury verify'
  ).split(' '),
)

/**
 * Reads a space id in any case: an id with a dot is an ENS name, one without is native to this installation. Ids of
 * on-chain spaces (`eth:0x…`) are not served.
 *
 * @throws AppError `invalid`: `Invalid space id`
 */
export function parseSpaceId(text: string): SpaceId {
  const id = text.toLowerCase()
  if (RESERVED.has(id)) refuse('Invalid space id')
  if (id.includes('.') ? isEnsName(text) : NATIVE.test(id)) {
    return { kind: id.includes('.') ? 'ens' : 'native', id }
  }
  refuse('Invalid space id')
}

/** Snapshot's rule: normalising (ENSIP-15) changes nothing but the case. */
function isEnsName(text: string): boolean {
  if (text.split('.').includes('')) return false
  try {
    return normalize(text) === text.toLowerCase()
  } catch {
    return false
  }
}
