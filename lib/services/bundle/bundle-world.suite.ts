import { getAddress, parseEther } from 'viem'
import { createApi } from '../../api/app'
import { demoTokenAbi } from '../../chain/abi/demo-token'
import { type AuditReport, auditBundle } from '../../core/audit/audit-bundle'
import type { AuditOptions, SignedReceipt } from '../../core/audit/audit-options'
import { splitLines } from '../../core/audit/split-lines'
import type { AcceptedView } from '../../core/views/installation-view'
import { getVotingSystem, type VotingSystemId } from '../../core/voting/registry'
import type { BallotKind, Choice } from '../../core/voting/voting-system'
import { findVerification } from '../../db/verification/find-verification'
import { createIngest } from '../../ingest/ingest'
import { createModuleWorld } from '../../ingest/module-world.suite'
import { mockTokenAbi, mockTokenBytecode } from '../../testing/abi/mock-token'
import { switchableWalletAbi, switchableWalletBytecode } from '../../testing/abi/switchable-wallet'
import { accounts } from '../../testing/accounts'
import { startTestChain } from '../../testing/chain'
import {
  type SignedEnvelope,
  signProposal,
  signSettings,
  signUpdate,
  signVote,
} from '../../testing/factories'
import type { Context } from '../context'
import { finalizeProposal } from '../proposal/finalize-proposal'

const { Ada, Ben, Chloe, Grace } = accounts
const farChainId = 31338

/** Two ballots of each kind. */
const choices: Readonly<Record<BallotKind, readonly [Choice, Choice]>> = {
  single: [1, 2],
  multiple: [[1, 2], [3]],
  ranked: [
    [2, 1, 3],
    [3, 1, 2],
  ],
  weighted: [{ 1: 1, 2: 3 }, { 3: 1 }],
}

export type BundleWorld = Awaited<ReturnType<typeof createBundleWorld>>

/**
 * A space whose power comes from two chains, beside the one that a tally module settles, and everything that a closed
 * proposal may have been through. Close it in `afterAll`.
 */
export async function createBundleWorld() {
  const world = await createModuleWorld()
  const { chain, clock, token, now } = world
  const far = await startTestChain({ chainId: farChainId })
  const farToken = await far.deploy(mockTokenAbi, mockTokenBytecode, [18])
  const wallet = getAddress(
    await chain.deploy(switchableWalletAbi, switchableWalletBytecode, [Chloe.address]),
  )
  const delegate = { address: token, abi: demoTokenAbi, functionName: 'delegate', args: [wallet] } as const
  await chain.confirm(chain.wallet('Dan').writeContract(delegate))
  for (const holder of [Ada.address, Ben.address, wallet]) {
    const args = [holder, parseEther('7')] as const
    await far.confirm(
      far.wallet('Hugo').writeContract({ address: farToken, abi: mockTokenAbi, functionName: 'mint', args }),
    )
  }
  // Its newest blocks are younger than every snapshot here, and what is older is final.
  await far.client.setNextBlockTimestamp({ timestamp: 1_900_000_000n })
  await far.client.mine({ blocks: 8 })

  const rpcUrls = { 31337: chain.rpcUrl, [farChainId]: far.rpcUrl }
  const ctx = world.ctx.another({ rpcUrls })
  const deaf = world.ctx.another({
    rpcUrls: { 31337: 'http://127.0.0.1:1', [farChainId]: 'http://127.0.0.1:1' },
    variables: { COMITIA_RPC_TIMEOUT_MS: '100' },
  })
  const [ingest, deafIngest] = [createIngest(ctx), createIngest(deaf)]
  const receipts: SignedReceipt[] = []
  const keep = ({ id, receipt: { signature, operator: _, logIndex, ...receipt } }: AcceptedView) => {
    receipts.push({ receipt: { ...receipt, logIndex: Number(logIndex) }, signature })
    return id
  }
  const send = async (envelope: Promise<SignedEnvelope>, by = ingest) => keep(await by.ingest(await envelope))

  const request = async (path: string, headers: Record<string, string> = {}, by = ctx) =>
    createApi(by, ingest).request(path, { headers })

  let quorum = 1
  const changeSettings = (space = 'test') => {
    clock.advance(1)
    quorum += 1
    const settings = {
      strategies: [
        { name: 'erc20-votes', params: { address: token, symbol: 'GOV' } },
        { name: 'erc20-balance-of', network: String(farChainId), params: { address: farToken } },
      ],
      voting: { quorum },
      moderators: [Ben.address],
    }
    return send(signSettings(Ada, { space, settings, timestamp: now() }))
  }

  return {
    ...world,
    ...{ ctx, ingest, deaf, receipts, send, deafIngest, changeSettings, wallet },

    /** As another process on the same database. */
    another: () => world.ctx.another({ rpcUrls }),

    /** As the same installation, after its keys were changed. */
    rotated: (): Context => ({
      ...world.ctx.another({ rpcUrls }),
      keys: { receiptKey: `0x${'33'.repeat(32)}`, logKey: `0x${'44'.repeat(32)}` },
    }),

    async close() {
      await deafIngest.close()
      await ingest.close()
      await far.stop()
      await world.close()
    },

    /** A new proposal, and two seconds to change it before voting begins. */
    async propose(type: VotingSystemId = 'basic', space = 'test') {
      await world.tick()
      const snapshot = Number(await chain.client.getBlockNumber()) - 1
      const start = now() + 2
      const text = { type, choices: ['For', 'Against', 'Abstain'], title: `By ${type}`, timestamp: now() }
      return send(signProposal(Ada, { ...text, space, snapshot, start, end: start + 100 }))
    },

    edit: (proposal: string, type: VotingSystemId = 'basic') =>
      send(signUpdate(Ada, { proposal, type, title: `By ${type}, after all`, timestamp: now() })),

    /** Ballots of every sort: of keys and of a contract, again, without power, under a wallet's own domain. */
    async vote(proposal: string, type: VotingSystemId = 'basic') {
      clock.advance(2)
      const { ballot } = getVotingSystem(type)
      const [first, second] = choices[ballot]
      const by = (who: typeof Ada, choice: Choice, more: { from?: `0x${string}`; reason?: string } = {}) =>
        signVote(who, { proposal, ballot, choice, timestamp: now(), ...more })
      await send(by(Ada, first, { reason: 'Because “I” say so.\nTwice.' }))
      await send(by(Ben, first))
      await send(by(Chloe, second, { from: wallet }).then((envelope) => ({ ...envelope, address: wallet })))
      clock.advance(1)
      await send(by(Ben, second))
      await send(by(Grace, first), deafIngest)
    },

    /** Lets voting end, and counts. */
    async finish(proposal: string, by: Context = ctx) {
      const { end } = await ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id: proposal } })
      clock.advance(Math.max(0, Number(end) + 1 - now()))
      await finalizeProposal(by, proposal)
    },

    request,

    /** The bundle as the server sends it. */
    download: (proposal: string, headers?: Record<string, string>, by?: Context) =>
      request(`/api/proposals/${proposal}/bundle`, headers, by),

    /** Checks that failed when the server's own verification ran last; undefined before the first. */
    async failedChecks(proposal: string): Promise<string[] | undefined> {
      const found = await findVerification(ctx.db, proposal)
      return found?.checks.filter(({ status }) => status === 'failed').map(({ id }) => id)
    },

    async audit(response: Response, options: AuditOptions = {}): Promise<AuditReport> {
      const chunks = response.body as unknown as AsyncIterable<Uint8Array>
      return auditBundle(splitLines(chunks), options)
    },
  }
}
