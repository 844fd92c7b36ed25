import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  hexToBigInt,
  pad,
  parseAbi,
  size,
} from 'viem'
import { safeMessageHash } from '../core/settlement/safe-message'
import type { BlockRef } from './blocks'
import { callGroups } from './call-groups'
import type { Call } from './call-many'
import type { Chains } from './chains'

/** Of more owners a Safe would be too dear to use. Anybody can deploy one, and each owner is one more call. */
const MAX_OWNERS = 50

const safeAbi = parseAbi([
  'function VERSION() view returns (string)',
  'function getOwners() view returns (address[])',
  'function getThreshold() view returns (uint256)',
  'function signedMessages(bytes32 hash) view returns (uint256)',
  'function approvedHashes(address owner, bytes32 hash) view returns (uint256)',
])
const currentAbi = parseAbi([
  'function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)',
])
const legacyAbi = parseAbi(['function isValidSignature(bytes data, bytes signature) view returns (bytes4)'])

/** What only a Safe answers. */
const facts = (['VERSION', 'getOwners', 'getThreshold'] as const).map((functionName) =>
  encodeFunctionData({ abi: safeAbi, functionName }),
)

/** Whether a contract wallet approves a digest. */
export interface WalletQuestion {
  readonly address: Address
  /** EIP-712 digest of a message. */
  readonly digest: Hex
}

export interface WalletStanding {
  /** The wallet itself approves, without a signature: a Safe has signed the message on chain, another says so (EIP-1271). */
  readonly isApproved: boolean
  /** null: it is no Safe, or none that can be read. */
  readonly safe: SafeStanding | null
}

/** A Safe, and which of its owners approved the digest's SafeMessage on chain. */
export interface SafeStanding {
  readonly version: string
  readonly threshold: number
  /** EIP-55. */
  readonly owners: readonly Address[]
  readonly approvedBy: readonly Address[]
}

type SafeState = Omit<SafeStanding, 'approvedBy'>

/** Answers in the order of the questions, all at one block. Throws `chain_unavailable`. */
export async function readWallets(
  chains: Chains,
  block: BlockRef,
  questions: readonly WalletQuestion[],
): Promise<WalletStanding[]> {
  const asked = questions.map(({ address }) => facts.map((data) => ({ target: address, data })))
  const told = await callGroups(chains, { block, groups: asked })
  const safes = told.map(readSafeState)
  const groups = questions.map((question, i) => callsFor(question, safes[i] ?? null, block.chainId))
  const answers = await callGroups(chains, { block, groups })
  return answers.map((own, i) => {
    const safe = safes[i] ?? null
    if (!safe) return { isApproved: isMagic('0x1626ba7e', own[0]) || isMagic('0x20c13b0b', own[1]), safe }
    const [signed, ...byOwner] = own.map(isSet)
    return {
      isApproved: signed === true,
      safe: { ...safe, approvedBy: safe.owners.filter((_, i) => byOwner[i]) },
    }
  })
}

/**
 * What is to be asked about the digest. A Safe reverts when it is asked for an approval that it has not given, which no
 * batch of calls can tell from too little gas: so its storage is read instead.
 */
function callsFor({ address, digest }: WalletQuestion, safe: SafeState | null, chainId: number): Call[] {
  const toWallet = (data: Hex) => ({ target: address, data })
  if (!safe) {
    return [
      encodeFunctionData({ abi: currentAbi, args: [digest, '0x'] }),
      encodeFunctionData({ abi: legacyAbi, args: [digest, '0x'] }),
    ].map(toWallet)
  }
  const hash = safeMessageHash({ chainId, safe: address, version: safe.version }, digest)
  return [
    encodeFunctionData({ abi: safeAbi, functionName: 'signedMessages', args: [hash] }),
    ...safe.owners.map((owner) =>
      encodeFunctionData({ abi: safeAbi, functionName: 'approvedHashes', args: [owner, hash] }),
    ),
  ].map(toWallet)
}

/** The whole word: the identity precompile echoes the question, which begins with the magic value. */
function isMagic(magic: Hex, answer: Hex | undefined): boolean {
  return answer === pad(magic, { dir: 'right' })
}

function isSet(answer: Hex | undefined): boolean {
  return answer !== undefined && size(answer) === 32 && hexToBigInt(answer) !== 0n
}

function readSafeState([version = '0x', owners = '0x', threshold = '0x']: readonly (
  | Hex
  | undefined
)[]): SafeState | null {
  try {
    const state = {
      version: decodeFunctionResult({ abi: safeAbi, functionName: 'VERSION', data: version }),
      owners: decodeFunctionResult({ abi: safeAbi, functionName: 'getOwners', data: owners }),
      threshold: Number(
        decodeFunctionResult({ abi: safeAbi, functionName: 'getThreshold', data: threshold }),
      ),
    }
    const count = new Set(state.owners).size
    const isSafe =
      /^\d{1,3}(\.\d{1,3}){2}([+-][\w.+-]{1,20})?$/.test(state.version) &&
      count === state.owners.length &&
      count <= MAX_OWNERS &&
      state.threshold >= 1 &&
      state.threshold <= count
    return isSafe ? state : null
  } catch {
    // It answers something else, or nothing.
    return null
  }
}
