import { refuse } from '../../core/errors'

/** Snapshot's name for the spaces of its platform, and for those of its test platform. */
const own: readonly unknown[] = ['s', 's-tn', '', undefined]

/** What a network comes to that a message names: "s". Refuses others, whose spaces nobody knows here. */
export function ownNetwork(network: unknown): 's' {
  return own.includes(network) ? 's' : refuse(`network ${network} is not allowed`)
}
