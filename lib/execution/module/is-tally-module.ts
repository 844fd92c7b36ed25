import { type Address, getAddress, type Hex, size, sliceHex } from 'viem'
import { tallyCheckerRuntime } from '../../chain/abi/tally-checker'
import { tallyModuleRuntime } from '../../chain/abi/tally-module'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { isRuntime, type Runtime } from './is-runtime'
import { readCode } from './read-code'

/** Mastercopies found to be ours at final blocks: code that was compiled here cannot destroy itself. */
const known = new WeakMap<Chains, Set<string>>()

/**
 * Whether an account's code (lower-case hex) makes it a tally module as it was compiled here: an EIP-1167 proxy of a
 * mastercopy that has our code byte for byte and checks ballots with our checker. Throws `chain_unavailable`.
 */
export async function isTallyModule(
  chains: Chains,
  { code: proxy, block }: { readonly code: Hex; readonly block: BlockRef },
): Promise<boolean> {
  const mastercopy = proxied(proxy)
  if (!mastercopy) return false
  const place = `${block.chainId} ${mastercopy}`
  const ours = known.get(chains) ?? new Set<string>()
  known.set(chains, ours)
  if (ours.has(place)) return true
  const code = await readCode(chains, { address: mastercopy, block })
  if (!isRuntime(code, tallyModuleRuntime)) return false
  const checker = onlyImmutable(code, tallyModuleRuntime)
  if (!checker) return false
  if (!isRuntime(await readCode(chains, { address: checker, block }), tallyCheckerRuntime)) return false
  if (block.final) ours.add(place)
  return true
}

/** Where an EIP-1167 proxy goes; undefined for other code. */
function proxied(code: Hex): Address | undefined {
  const target = /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3$/.exec(code)?.[1]
  return target === undefined ? undefined : getAddress(`0x${target}`)
}

/** The address that the constructor wrote into every gap; undefined unless they agree. */
function onlyImmutable(code: Hex, { immutables }: Runtime): Address | undefined {
  const words = immutables.map(({ start, length }) => sliceHex(code, start, start + length))
  const [word] = words
  if (word === undefined || size(word) !== 32 || words.some((other) => other !== word)) return undefined
  return BigInt(word) >> 160n === 0n ? getAddress(sliceHex(word, 12)) : undefined
}
