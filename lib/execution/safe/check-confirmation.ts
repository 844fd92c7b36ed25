import {
  type Address,
  encodeFunctionData,
  type Hex,
  isAddressEqual,
  pad,
  parseAbi,
  size,
  sliceHex,
} from 'viem'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import { recoverAddress } from '../../chain/recover-address'
import { AppError, refuse } from '../../core/errors'
import { normaliseSignature } from '../../core/messages/signature'
import {
  type Confirmation,
  type SafeDomain,
  type SafeTransaction,
  safeTxHash,
  safeTxPreimage,
} from '../../core/settlement/safe-transaction'
import { isAtLeast, type SafeState } from './read-safe'

/** What an owner contract may use to answer. */
const contractGas = 5_000_000n

const hashAbi = parseAbi(['function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)'])
const dataAbi = parseAbi(['function isValidSignature(bytes data, bytes signature) view returns (bytes4)'])

/**
 * Checks one owner's signature of a Safe transaction the way the Safe itself will: ECDSA over the safeTxHash,
 * which is what signing the typed data gives, or the owner contract's own word at `block`. Returns it in the
 * form that `packSignatures` takes. Refuses, with a sentence, a signature that is not the owner's, a signer
 * who is not an owner, and `eth_sign`, whose prefixed hash no wallet can show in words.
 */
export async function checkConfirmation(
  chains: Chains,
  given: {
    readonly domain: SafeDomain
    readonly transaction: SafeTransaction
    readonly state: SafeState
    readonly block: BlockRef
    readonly owner: Address
    readonly signature: Hex
  },
): Promise<Confirmation> {
  const { domain, transaction, state, block, signature } = given
  const owner = state.owners.find((candidate) => isAddressEqual(candidate, given.owner))
  if (!owner) return refuse(`${given.owner} is not an owner of the Safe ${domain.safe}`)

  const canonical = normaliseSignature(signature)
  // An owner with EIP-7702 code signs like any account, so the curve is asked first.
  if ((await recoverAddress(safeTxHash(domain, transaction), canonical)) === owner) {
    return { owner, kind: 'ecdsa', signature: canonical }
  }
  if (await approves(chains, owner, given)) return { owner, kind: 'contract', signature }
  if (size(signature) === 65 && Number(sliceHex(signature, 64)) > 30) {
    refuse('signatures made with eth_sign are not taken: sign the typed data')
  }
  return refuse(
    `this is not ${owner}'s signature of the transaction with nonce ${transaction.nonce} at block ${block.number}`,
  )
}

/** Safes before 1.5.0 ask their contract owners in the form EIP-1271 had as a draft. */
async function approves(
  chains: Chains,
  owner: Address,
  given: {
    readonly domain: SafeDomain
    readonly transaction: SafeTransaction
    readonly state: SafeState
    readonly block: BlockRef
    readonly signature: Hex
  },
): Promise<boolean> {
  const { domain, transaction, state, block, signature } = given
  const [magic, data]: [Hex, Hex] = isAtLeast(state.version, [1, 5])
    ? ['0x1626ba7e', encodeFunctionData({ abi: hashAbi, args: [safeTxHash(domain, transaction), signature] })]
    : [
        '0x20c13b0b',
        encodeFunctionData({ abi: dataAbi, args: [safeTxPreimage(domain, transaction), signature] }),
      ]
  try {
    const answer = await readChain(chains, block.chainId, (client) =>
      client.call({ account: domain.safe, to: owner, data, gas: contractGas, blockNumber: block.number }),
    )
    // The whole word: the identity precompile echoes the question, which begins with the magic value.
    return answer.data?.slice(0, 66) === pad(magic, { dir: 'right' })
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return false
    throw error
  }
}
