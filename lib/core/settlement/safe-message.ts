import type { Address } from 'abitype'
import { concatHex, hashTypedData, numberToHex, padHex } from 'viem/utils'
import type { HexString } from '../views/hex-string'
import type { SafeDomain } from './safe-transaction'

const types = { SafeMessage: [{ name: 'message', type: 'bytes' }] } as const

/**
 * What an owner's wallet is asked to sign so that the Safe approves `digest` (EIP-1271). From 1.3.0 on the Safe's domain
 * names its chain.
 */
export function safeMessageTypedData(safe: SafeDomain & { readonly version: string }, digest: HexString) {
  const [major = 0, minor = 0] = safe.version.split('.').map(Number)
  const isOnItsChain = major > 1 || (major === 1 && minor >= 3)
  return {
    domain: { ...(isOnItsChain && { chainId: safe.chainId }), verifyingContract: safe.safe },
    types,
    primaryType: 'SafeMessage',
    message: { message: digest },
  } as const
}

/** The hash that owners sign, or approve on chain by `approveHash`; `signedMessages` of the Safe is keyed by it. */
export function safeMessageHash(
  safe: SafeDomain & { readonly version: string },
  digest: HexString,
): HexString {
  return hashTypedData(safeMessageTypedData(safe, digest))
}

/** An owner's approval: his signature of 65 bytes, or null when the Safe has it on chain. */
export interface Approval {
  /** EIP-55. */
  readonly owner: Address
  readonly signature: HexString | null
}

/** The approvals as a Safe's `checkSignatures` wants them: ascending by owner, each owner once. */
export function packApprovals(approvals: readonly Approval[]): HexString {
  const sorted = approvals.toSorted((a, b) => (BigInt(a.owner) < BigInt(b.owner) ? -1 : 1))
  return concatHex(sorted.map(({ owner, signature }) => signature ?? approvedOnChain(owner)))
}

/** r is the owner, v is 1: the Safe looks into `approvedHashes`. */
function approvedOnChain(owner: Address): HexString {
  return concatHex([padHex(owner, { size: 32 }), numberToHex(0, { size: 32 }), '0x01'])
}
