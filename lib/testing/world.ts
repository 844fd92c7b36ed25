import { createIngest, type Ingest } from '../ingest/ingest'
import { startTestChain, type TestChain } from './chain'
import { createTestContext, type TestContext } from './context'
import { type FixedClock, fixedClock } from './fixed-clock'

/** A local chain, an empty database and the write pipeline between them, at a time that stands still. */
export interface TestWorld {
  readonly chain: TestChain
  readonly clock: FixedClock
  readonly ctx: TestContext
  readonly ingest: Ingest
  /** Unix seconds on the clock. */
  now(): number
  /** Messages in the log. */
  logSize(): Promise<number>
  close(): Promise<void>
}

/** Blocks 0 to 5 exist and are final. `variables` are environment variables. */
export async function createTestWorld(
  options: { readonly variables?: Readonly<Record<string, string>> } = {},
): Promise<TestWorld> {
  const clock = fixedClock(1_800_000_000)
  const chain = await startTestChain()
  await chain.mine(10)
  const ctx = await createTestContext({ clock, rpcUrls: { 31337: chain.rpcUrl }, ...options })
  const ingest = createIngest(ctx)
  return {
    chain,
    clock,
    ctx,
    ingest,
    now: () => clock.now() / 1000,
    async logSize() {
      const { rows } = await ctx.db.query<{ count: string }>('select count(*) from messages')
      return Number(rows[0]?.count)
    },
    async close() {
      await ingest.close()
      await ctx.close()
      await chain.stop()
    },
  }
}
