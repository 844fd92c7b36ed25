import { type Address, getAddress, type Hex, parseAbi, toFunctionSelector, toHex, zeroAddress } from 'viem'
import { z } from 'zod'
import type { BlockRef } from '../chain/blocks'
import type { Chains } from '../chain/chains'
import { readMany } from '../chain/read-many'
import { createMemory } from '../platform/remember'
import { erc20ParamsSchema, measureErc20, tokenName } from './erc20'
import { defineStrategy, type PowerRequest } from './strategy'
import { blameVoters } from './sum-accounts'

const methodName = z.string().max(64).optional()
const methodAbi = z.array(z.string().max(500)).max(10).optional()

const paramsSchema = erc20ParamsSchema
  .extend({
    // Where the token has other names for these.
    getVotesName: methodName,
    getVotesABI: methodAbi,
    balanceOfName: methodName,
    balanceOfABI: methodAbi,
    delegatesName: methodName,
    delegatesABI: methodAbi,
  })
  .transform(({ address, decimals, symbol, ...names }, context) => {
    const read = (method: 'getVotes' | 'balanceOf' | 'delegates', type: 'uint256' | 'address'): Hex => {
      const name = names[`${method}Name`] ?? method
      const abi = names[`${method}ABI`] ?? [`function ${name}(address) view returns (${type})`]
      const selector = selectorOf(name, abi)
      if (selector) return selector
      const message = `There has to be a method ${name} that takes an address.`
      context.addIssue({ code: 'custom', path: [`${method}ABI`], message })
      return z.NEVER
    }
    return {
      address,
      decimals,
      symbol,
      getVotes: read('getVotes', 'uint256'),
      balanceOf: read('balanceOf', 'uint256'),
      delegates: read('delegates', 'address'),
    }
  })

type Params = z.output<typeof paramsSchema>

const id = 'erc20-votes-with-override'

/**
 * Votes delegated to the voter, less the tokens of those who delegated to him and vote themselves; and his own tokens, if
 * he delegated them to somebody else.
 */
export const erc20VotesWithOverride = defineStrategy({
  id,
  version: 1,
  label: 'Delegated token votes that their holders may take back',
  paramsSchema,
  example: { address: '0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984', symbol: 'UNI', decimals: 18 },
  describe: (params) =>
    `Votes of the token ${tokenName(params)} delegated to the voter at the snapshot block, without those of holders who vote themselves; and the voter's own tokens, if delegated to somebody else`,
  explainZero: (params) =>
    `You had delegated no votes of ${tokenName(params)} at the snapshot block, and nobody who does not vote had delegated any to you. Tokens give no votes by being held: delegate them, to yourself or to somebody else, before the next snapshot.`,
  demands: () => ({ ballots: true }),
  async measure({ chains }, request) {
    const { voters, params, ballots = new Set() } = request
    const delegates = await readDelegates(chains, request, [...new Set([...voters, ...ballots])])
    const takenBack = groupByDelegate(delegates, ballots)
    const isLending = (voter: Address) => (delegates.get(voter) ?? voter) !== voter
    const accountsOf = (voter: Address) => [
      ...(takenBack.get(voter) ?? []),
      ...(isLending(voter) ? [voter] : []),
    ]
    const read = (accounts: readonly Address[], selector: Hex) =>
      measureErc20(chains, { ...request, voters: accounts, params }, { id, selector })
    const votes = await read(voters, params.getVotes)
    const balances = await blameVoters(request, accountsOf, () =>
      read([...new Set(voters.flatMap(accountsOf))], params.balanceOf),
    )
    const balanceOf = (account: Address) => balances.get(account) ?? 0n
    return new Map(
      voters.map((voter) => {
        const lost = (takenBack.get(voter) ?? []).reduce((sum, lender) => sum + balanceOf(lender), 0n)
        const left = (votes.get(voter) ?? 0n) - lost
        return [voter, (left > 0n ? left : 0n) + (isLending(voter) ? balanceOf(voter) : 0n)]
      }),
    )
  },
  async listAffected({ chains }, request) {
    return new Set((await readDelegates(chains, request, request.voters)).values())
  },
})

/** Others than the delegate who vote, by delegate. */
function groupByDelegate(
  delegates: ReadonlyMap<Address, Address>,
  ballots: ReadonlySet<Address>,
): Map<Address, Address[]> {
  const groups = new Map<Address, Address[]>()
  for (const lender of ballots) {
    const delegate = delegates.get(lender)
    if (delegate === undefined || delegate === lender) continue
    const group = groups.get(delegate)
    if (group) group.push(lender)
    else groups.set(delegate, [lender])
  }
  return groups
}

/** Whom each account delegates to, as far as it is known; null for nobody. */
const remember = createMemory<Map<Address, Address | null>>(4)
/** In one of them: whoever votes is in it, and a vote with more of them is read anew each time. */
const MAX_KNOWN = 300_000

/**
 * Whom these accounts delegate to; absent is who has no delegate, or of whom the token does not tell: then nothing can be
 * taken back. A final block is asked about each account once, as long as it is remembered.
 */
async function readDelegates(
  chains: Chains,
  { block, params }: Pick<PowerRequest<Params>, 'block' | 'params'>,
  accounts: readonly Address[],
): Promise<Map<Address, Address>> {
  const known = await openKnown(chains, block, params)
  // A copy, since others who ask meanwhile may empty what is known.
  const delegates = new Map(
    accounts.flatMap((account) => {
      const delegate = known.get(account)
      return delegate === undefined ? [] : [[account, delegate] as const]
    }),
  )
  const unknown = accounts.filter((account) => !delegates.has(account))
  if (unknown.length > 0) {
    const question = { block, target: params.address, selector: params.delegates, voters: unknown }
    const answers = await readMany(chains, question)
    for (const [i, account] of unknown.entries()) {
      const delegate = toAddress(answers[i])
      delegates.set(account, delegate)
      known.set(account, delegate)
    }
    if (known.size > MAX_KNOWN) known.clear()
  }
  return new Map([...delegates].flatMap(([account, delegate]) => (delegate ? [[account, delegate]] : [])))
}

async function openKnown(chains: Chains, block: BlockRef, { address, delegates }: Params) {
  const empty = async () => new Map<Address, Address | null>()
  return block.final
    ? remember(chains, `${block.chainId} ${block.hash} ${address} ${delegates}`, empty)
    : empty()
}

function toAddress(answer: bigint | undefined): Address | null {
  if (answer === undefined || answer >= 2n ** 160n) return null
  const address = getAddress(toHex(answer, { size: 20 }))
  return address === zeroAddress ? null : address
}

/** Of the function of that name that takes an address alone; undefined when there is none. */
function selectorOf(name: string, abi: readonly string[]): Hex | undefined {
  try {
    const found = parseAbi(abi).find(
      (item) =>
        item.type === 'function' &&
        item.name === name &&
        item.inputs.length === 1 &&
        item.inputs[0]?.type === 'address',
    )
    return found?.type === 'function' ? toFunctionSelector(found) : undefined
  } catch {
    return undefined
  }
}
