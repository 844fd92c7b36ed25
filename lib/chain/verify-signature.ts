import {
  type Address,
  encodeDeployData,
  encodeFunctionData,
  erc6492SignatureValidatorAbi,
  erc6492SignatureValidatorByteCode,
  type Hex,
  isErc6492Signature,
  pad,
  parseAbi,
} from 'viem'
import { refuse } from '../core/errors'
import { type BlockRef, fetchBlock } from './blocks'
import type { Chains } from './chains'
import { findContractFailure } from './contract-failure'
import { readChain } from './read-chain'
import { recoverAddress } from './recover-address'

/** What a wallet may use to answer. Also bounds how much it can return: memory costs gas. */
const WALLET_GAS = 5_000_000n
/** As much again, and the deployment of the wallet that has to happen first. */
const DEPLOY_GAS = 15_000_000n

const currentAbi = parseAbi([
  'function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)',
])
const legacyAbi = parseAbi(['function isValidSignature(bytes data, bytes signature) view returns (bytes4)'])

export interface SignatureToVerify {
  /** The space's chain: where the contract wallet, if it is one, lives. */
  readonly chainId: number
  /** Checksummed. */
  readonly address: Address
  /** EIP-712 digest of the message. */
  readonly hash: Hex
  /** Canonical form. '0x' asks the wallet whether it has approved the hash. */
  readonly signature: Hex
  /** Where contracts are asked; the latest one unless told. */
  readonly block?: BlockRef
}

export interface VerifiedSignature {
  readonly method: 'ecdsa' | 'erc6492' | 'eip1271' | 'eip1271-legacy'
  /** The block a contract was asked at, to be recorded; an ECDSA signature needs none and reads no chain. */
  readonly block?: BlockRef
}

/**
 * Who signed is `address`, by the first of these that says so: ECDSA recovery; for a signature with the ERC-6492
 * suffix the universal validator alone; EIP-1271; EIP-1271 as it was drafted. Throws `invalid` with Snapshot's
 * 'signature validation failed' when none does, whatever the contract did instead of answering, and
 * `chain_unavailable` when it could not be asked.
 */
export async function verifySignature(
  chains: Chains,
  request: SignatureToVerify,
): Promise<VerifiedSignature> {
  const { chainId, address, hash, signature } = request
  if (!/^0x([0-9a-f]{2})*$/i.test(signature)) refuse('signature validation failed')
  if ((await recoverAddress(hash, signature)) === address) return { method: 'ecdsa' }

  const block = request.block ?? (await fetchBlock(chains, chainId, 'latest'))
  if (isErc6492Signature(signature)) {
    const data = encodeDeployData({
      abi: erc6492SignatureValidatorAbi,
      bytecode: erc6492SignatureValidatorByteCode,
      args: [address, hash, signature],
    })
    if ((await call(chains, block, { data, gas: DEPLOY_GAS })) === '0x01') return { method: 'erc6492', block }
    return refuse('signature validation failed')
  }

  const current = encodeFunctionData({ abi: currentAbi, args: [hash, signature] })
  if (isMagic('0x1626ba7e', await call(chains, block, { to: address, data: current, gas: WALLET_GAS }))) {
    return { method: 'eip1271', block }
  }
  const legacy = encodeFunctionData({ abi: legacyAbi, args: [hash, signature] })
  if (isMagic('0x20c13b0b', await call(chains, block, { to: address, data: legacy, gas: WALLET_GAS }))) {
    return { method: 'eip1271-legacy', block }
  }
  return refuse('signature validation failed')
}

/**
 * The one word and nothing else. The identity precompile answers any question with the question: that begins with
 * the magic value, and in the draft form goes on with the zeros that belong behind it.
 */
function isMagic(magic: Hex, answer: Hex | undefined): boolean {
  return answer === pad(magic, { dir: 'right' })
}

/** What the call returns; undefined when it fails or returns nothing. */
async function call(
  chains: Chains,
  block: BlockRef,
  transaction: { to?: Address; data: Hex; gas: bigint },
): Promise<Hex | undefined> {
  return readChain(chains, block.chainId, async (client) => {
    try {
      return (await client.call({ ...transaction, blockNumber: block.number })).data
    } catch (error) {
      if (findContractFailure(error)) return undefined
      throw error
    }
  })
}
