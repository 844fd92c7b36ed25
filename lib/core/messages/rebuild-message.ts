import type { HexString } from '../views/hex-string'
import { type Definition, definitions, type MessageKind } from './definitions'
import { type Domain, hashMessage } from './hash-message'
import { type FieldValue, normaliseValue } from './normalise-value'
import { SNAPSHOT_DOMAIN } from './resolve-message'

/** What each signed field may have been, likeliest first. */
export type Candidates = Readonly<Record<string, readonly unknown[]>>

/** The one message that has an id. */
export interface RebuiltMessage {
  readonly definition: Definition
  readonly domain: Domain
  /** As `resolveMessage` returns it. */
  readonly message: Readonly<Record<string, FieldValue>>
}

/** Some wallets add the chain that they were on to the domain. */
const WALLET_CHAINS = [1, 10, 56, 100, 137, 250, 8453, 42161, 59144, 11155111]

/**
 * How many messages are tried: what a hub says may be made to cost time. All definitions together, under the domain that
 * nearly everybody signs; each one alone at least; each one under a wallet's own domain.
 */
const MOST_TRIES = 2048
const LEAST_TRIES = 48
const WALLET_TRIES = 2
const BRIEF_TRIES = 4

/**
 * Finds the message of which `id` is the digest: under each definition of these kinds, each combination of candidates.
 * What it finds is what was signed, whoever gave the candidates, since nobody finds a second message with one digest.
 * Undefined when none of them is it. `isBrief` tries the likeliest few alone.
 */
export function rebuildMessage(
  id: HexString,
  kinds: readonly MessageKind[],
  candidates: Candidates,
  isBrief = false,
): RebuiltMessage | undefined {
  const possible = definitions
    .filter(({ kind, types }) => kinds.includes(kind) && !('StarkNetDomain' in types))
    .flatMap((definition) => {
      const values = definition.fields.map(({ name, type }) => normalised(type, candidates[name] ?? []))
      return values.every((list) => list.length > 0) ? [{ definition, values }] : []
    })
  const wanted = id.toLowerCase()
  const search = (domain: Domain, tries: number): RebuiltMessage | undefined => {
    for (const { definition, values } of possible) {
      for (const message of combinations(definition, values, tries)) {
        if (hashMessage(definition, domain, message) === wanted) return { definition, domain, message }
      }
    }
    return undefined
  }
  if (isBrief) return search(SNAPSHOT_DOMAIN, BRIEF_TRIES)
  const found = search(SNAPSHOT_DOMAIN, Math.max(LEAST_TRIES, Math.floor(MOST_TRIES / possible.length)))
  if (found) return found
  for (const chainId of WALLET_CHAINS) {
    const byWallet = search({ ...SNAPSHOT_DOMAIN, chainId }, WALLET_TRIES)
    if (byWallet) return byWallet
  }
  return undefined
}

/** In the form of the type, each once. */
function normalised(type: string, candidates: readonly unknown[]): FieldValue[] {
  const values = new Map<string, FieldValue>()
  for (const candidate of candidates) {
    const value = normaliseValue(type, candidate)
    if (value !== undefined) values.set(JSON.stringify(value), value)
  }
  return [...values.values()]
}

/** The last fields change first: texts that may have been written otherwise come after those that may not. */
function* combinations(
  { fields }: Definition,
  values: readonly (readonly FieldValue[])[],
  most: number,
): Generator<Record<string, FieldValue>> {
  const total = values.reduce((product, list) => product * list.length, 1)
  for (let number = 0; number < Math.min(total, most); number += 1) {
    let rest = number
    const chosen = values.toReversed().map((list) => {
      const value = list[rest % list.length]
      rest = Math.floor(rest / list.length)
      return value
    })
    yield Object.fromEntries(fields.map(({ name }, index) => [name, chosen.at(-1 - index) as FieldValue]))
  }
}
