import type { Struct } from '../messages/definitions'
import type { Domain } from '../messages/hash-message'

/**
 * How a ballot was signed, in three bits: 1 `from` is an address, else a string; 2 `proposal` is a bytes32, else a
 * string; 4 the domain names the chain, else only name and version. 0 is what snapshot.js signs today.
 */
export type BallotVariant = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7

/** The `Vote` that a variant signs, as EIP-712 writes it. */
export function voteTypeText(variant: BallotVariant): string {
  const from = variant & 1 ? 'address' : 'string'
  const proposal = variant & 2 ? 'bytes32' : 'string'
  return `Vote(${from} from,string space,uint64 timestamp,${proposal} proposal,uint32 choice,string reason,string app,string metadata)`
}

/** The `CancelProposal` that a variant signs; the bits mean the same. */
function cancelTypeText(variant: BallotVariant): string {
  const from = variant & 1 ? 'address' : 'string'
  const proposal = variant & 2 ? 'bytes32' : 'string'
  return `CancelProposal(${from} from,string space,uint64 timestamp,${proposal} proposal)`
}

const variants = [0, 1, 2, 3] as const

/**
 * The variant of a vote, or undefined when a tally module on chain `chainId` cannot count it: fields are missing, the
 * choice is no number, or the domain is another than Snapshot's, with that chain's id or without one.
 */
export function ballotVariantOf(struct: Struct, domain: Domain, chainId: number): BallotVariant | undefined {
  return variantOf(voteTypeText, struct, domain, chainId)
}

/** The variant of an author's withdrawal, or undefined when a tally module on chain `chainId` cannot take it. */
export function cancelVariantOf(struct: Struct, domain: Domain, chainId: number): BallotVariant | undefined {
  return variantOf(cancelTypeText, struct, domain, chainId)
}

function variantOf(
  typeText: (variant: BallotVariant) => string,
  struct: Struct,
  domain: Domain,
  chainId: number,
): BallotVariant | undefined {
  const text = `${struct.primaryType}(${struct.fields.map(({ name, type }) => `${type} ${name}`).join(',')})`
  const plain = variants.find((variant) => typeText(variant) === text)
  const { name, version, chainId: signedChainId, ...rest } = domain
  if (plain === undefined || name !== 'snapshot' || version !== '0.1.4') return undefined
  if (Object.values(rest).some((value) => value !== undefined)) return undefined
  if (signedChainId === undefined) return plain
  return signedChainId === chainId ? ((plain | 4) as BallotVariant) : undefined
}
