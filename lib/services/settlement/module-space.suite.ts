import { setTimeout as sleep } from 'node:timers/promises'
import { type Address, type Hex, keccak256, parseEther, toHex } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import type { Call } from '../../core/settlement/batch'
import { hashModuleConfig, type ModuleConfig } from '../../core/settlement/module-config'
import { buildPlugins } from '../../core/settlement/plugins'
import { moduleAbi } from '../../execution/module/module-abi'
import { payment, receiver, startModuleWorld } from '../../execution/module-world.suite'
import { createIngest } from '../../ingest/ingest'
import { unixSeconds } from '../../platform/clock'
import { accounts } from '../../testing/accounts'
import { createTestContext } from '../../testing/context'
import { signProposal, signSettings, signVote } from '../../testing/factories'
import type { Context } from '../context'
import { storeExecution } from '../execution/store-execution'
import { finalizeProposal } from '../proposal/finalize-proposal'
import { getSettlement } from './get-settlement'
import { settleProposal } from './settle-proposal'

const { Ada, Chloe } = accounts

/** The keeper of the spaces here, and the operator of their modules. */
export const keeper = privateKeyToAccount(keccak256(toHex('keeper')))
export const otherKeeper = privateKeyToAccount(keccak256(toHex('another keeper')))

export type ModuleSpace = Awaited<ReturnType<typeof startModuleSpace>>

/** What ingest leaves for the registration, and a second to spare. */
export const shortestVote = 20

/**
 * A space whose votes a module settles, on a chain and a database of its own. Time goes on as it does, and `skip` lets
 * some pass at once, on the clock and on the chain. Stop it in `afterAll`.
 */
export async function startModuleSpace(change: Partial<ModuleConfig> = {}) {
  const world = await startModuleWorld()
  const { chain, client, token, voters } = world
  let skipped = 0
  const clock = { now: () => Date.now() + skipped * 1000 }
  const now = () => unixSeconds(clock)
  for (const { address } of [keeper, otherKeeper]) {
    await client.setBalance({ address, value: parseEther('10') })
  }
  const { safe, module, config } = await world.newModule({
    ...{ operator: keeper.address, minPeriod: 2, cooldown: 3 },
    ...change,
  })
  const ctx = await createTestContext({ clock, rpcUrls: { 31337: chain.rpcUrl } })
  const ingest = createIngest(ctx)
  const send = async (envelope: Promise<unknown>) => (await ingest.ingest(await envelope)).id
  await send(
    signSettings(Ada, {
      ...{ space: 'demo', timestamp: now() },
      settings: {
        strategies: [{ name: 'erc20-votes', params: { address: token } }],
        treasuries: [{ name: 'Main', address: safe, network: '31337' }],
        members: [Chloe.address],
        moderators: [Ada.address],
      },
    }),
  )
  let count = 0n

  return {
    ...{ world, chain, client, clock, now, ctx, ingest, send, safe, module, config, receiver, voters },

    async stop() {
      await ingest.close()
      await ctx.close()
      await world.stop()
    },

    async skip(seconds: number) {
      skipped += seconds
      // Its clock is set, because a reorg sets it back.
      await client.request({ method: 'evm_setTime', params: [now() + 1] } as never)
    },

    /** A context that has a keeper, as a worker has. */
    keeping: (by: PrivateKeyAccount = keeper, options: Parameters<typeof ctx.another>[0] = {}): Context => ({
      ...ctx.another(options),
      keeper: by,
    }),

    /** Chloe proposes to pay the receiver; a vote of `seconds`. Every payment is another amount. */
    async propose({
      seconds = shortestVote,
      calls,
    }: {
      readonly seconds?: number
      readonly calls?: readonly Call[]
    } = {}): Promise<Hex> {
      count += 1n
      const batch = calls ?? [payment(count)]
      const { hash } = await storeExecution(ctx, {
        ...{ chainId: 31337, module },
        calls: batch.map(({ to, value, data }) => ({ to, value: value.toString(), data })),
      })
      const timestamp = now()
      const plugins = buildPlugins({
        ...{ chainId: 31337, module, config: hashModuleConfig(config), executionHash: hash },
      })
      const head = Number(await client.getBlockNumber())
      return send(
        signProposal(Chloe, {
          ...{ space: 'demo', timestamp, title: `Payment ${count}`, plugins, snapshot: head - 1 },
          ...{ start: timestamp, end: timestamp + seconds },
        }),
      )
    },

    /** As many voters vote as there are choices. */
    async vote(proposal: Hex, choices: readonly (1 | 2 | 3)[] = [1, 1, 2]): Promise<void> {
      for (const [index, choice] of choices.entries()) {
        const voter = voters[index]
        if (!voter) throw new Error(`There are only ${voters.length} voters.`)
        await send(signVote(voter, { space: 'demo', timestamp: now(), proposal, choice }))
      }
    },

    /** Lets the vote end, and counts it. */
    async close(proposal: Hex): Promise<void> {
      const { end } = await ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id: proposal } })
      await this.skip(Math.max(0, Number(end) + 1 - now()))
      await finalizeProposal(ctx, proposal)
    },

    /** Settles again and again, as the job does, until `isDone`; answers how often. */
    async settleUntil(
      by: Context,
      proposal: Hex,
      isDone: () => Promise<boolean>,
      patienceMs = 20_000,
    ): Promise<number> {
      const deadline = Date.now() + patienceMs
      for (let times = 1; ; times++) {
        const { nextAt = clock.now() + 300 } = await settleProposal(by, proposal)
        if (await isDone()) return times
        if (Date.now() > deadline) {
          throw new Error(`timed out: ${JSON.stringify(await getSettlement(ctx, proposal))}`)
        }
        await sleep(Math.min(500, Math.max(20, nextAt - clock.now())))
      }
    },

    async stateOf(proposal: Hex): Promise<string | undefined> {
      const row = await ctx.db.prisma.settlement.findUnique({ where: { proposalId: proposal } })
      return row?.state
    },

    /** How often the module has executed that proposal: from the chain's own log. */
    async executions(proposal: Hex): Promise<number> {
      const logs = await client.getContractEvents({
        ...{ address: module, abi: moduleAbi, eventName: 'ProposalExecuted', fromBlock: 0n },
        args: { proposalId: proposal },
      })
      return logs.length
    },

    balanceOf: (address: Address) => client.getBalance({ address }),

    /** What the keeper has sent, oldest first. */
    sent: (proposal: Hex) =>
      ctx.db.prisma.keeperTransaction.findMany({ where: { proposalId: proposal }, orderBy: { id: 'asc' } }),
  }
}
