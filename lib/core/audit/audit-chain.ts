import type { HexString } from '../views/hex-string'
import type { AuditOptions, ReadBlock, StatedStrategy } from './audit-options'
import type { Poll } from './audit-proposal'
import type { LineOf } from './bundle-line'
import { createChainAsker } from './chain-asker'
import type { Findings } from './findings'
import type { ReadMessage } from './read-message'

/** Voters asked about at once. */
const BATCH = 500

/** What was read from chains: held against what was signed, and against chains where somebody can ask them. */
export function createChainAudit(findings: Findings, options: AuditOptions) {
  const strategies: LineOf<'strategy'>[] = []
  const blocks = new Map<string, ReadBlock>()
  const asker = createChainAsker(findings, 'chain')
  /** Known once everybody's ballot was seen, where power depends on that. */
  const voters = new Set<HexString>()
  const waiting: { voter: HexString; power: readonly string[]; id: string }[] = []
  let [ballots, blocksRead] = [0, 0]

  const demandsOf = (strategy: StatedStrategy) =>
    options.demandsOf?.(strategy) ?? { ballots: false, web: false }

  const flush = async (): Promise<void> => {
    const { readPowers } = options
    const batch = waiting.splice(0, BATCH)
    if (!readPowers || batch.length === 0) return
    const answers = await askPowers(
      readPowers,
      batch.map(({ voter }) => voter),
    )
    const isComplete = !answers.includes(undefined)
    for (const { id, voter, power } of batch) {
      const isTold = answers.every((answer) => answer?.has(voter) ?? true)
      // A strategy that did not answer may be the one that cannot tell of this voter.
      if (!isComplete && power.every((part) => part === '0')) continue
      for (const [at, answer] of answers.entries()) {
        if (!answer) continue
        const found = isTold ? (answer.get(voter) ?? 0n) : 0n
        findings.expect(
          found.toString() === power[at],
          'chain',
          `Ballot ${id} of ${voter} has the power ${power[at]} by ${strategies[at]?.id}; the chain says ${found}.`,
          id,
        )
      }
    }
    if (isComplete) ballots += batch.length
  }

  /** By strategy; undefined where it cannot be read. */
  const askPowers = async (
    readPowers: NonNullable<AuditOptions['readPowers']>,
    asked: readonly HexString[],
  ): Promise<(ReadonlyMap<HexString, bigint> | undefined)[]> => {
    const answers: (ReadonlyMap<HexString, bigint> | undefined)[] = []
    for (const { id, version, network, params } of strategies) {
      const strategy = { id, version, params }
      const { ballots, web } = demandsOf(strategy)
      if (web) findings.leaveOpen('chain', `Power by ${id} cannot be checked: another server said it.`)
      const block = web ? undefined : blocks.get(network)
      const what = `Power by ${id} at block ${block?.number} of chain ${network}`
      const question = { strategy, voters: asked, blocks, ...(ballots && { ballots: voters }) }
      const ask = block && (() => readPowers({ ...question, block }))
      answers.push(ask && (await asker.ask(network, what, ask)))
    }
    return answers
  }

  const compareBlocks = async (snapshot: ReadBlock | undefined): Promise<void> => {
    const { readBlock } = options
    if (!readBlock) return
    const read = (network: string, number: number) =>
      asker.ask(network, `Block ${number} of chain ${network}`, () => readBlock(network, number))
    for (const { network, number, hash, timestamp } of blocks.values()) {
      const found = await read(network, number)
      if (!found) continue
      blocksRead += 1
      findings.expect(
        found.hash === hash && found.timestamp === timestamp,
        'chain',
        `Block ${number} of chain ${network} is ${found.hash}, not ${hash} as the bundle says.`,
        `block ${number}`,
      )
      if (!snapshot || network === snapshot.network) continue
      const next = await read(network, number + 1)
      findings.expect(
        !next || next.timestamp > snapshot.timestamp,
        'chain',
        `Block ${number} of chain ${network} is not the last one before the snapshot.`,
        `block ${number}`,
      )
    }
  }

  const compareTotal = async (
    poll: Poll,
    stated: LineOf<'rule'>['module'] | undefined,
    snapshot: ReadBlock | undefined,
  ): Promise<void> => {
    const { readTotal } = options
    if (!stated || !readTotal || !snapshot) return
    const powerSource = stated.config.powerSource as HexString
    const powerParams = stated.config.powerParams as HexString
    const found = await asker.ask(
      snapshot.network,
      `All power by ${powerSource} at block ${snapshot.number} of chain ${snapshot.network}`,
      () => readTotal({ powerSource, powerParams, block: snapshot, timestamp: poll.timestamp }),
    )
    findings.expect(
      found === undefined || found.toString() === stated.total,
      'chain',
      `All power was ${found} by the module’s power source, not ${stated.total} as the bundle says.`,
      poll.id,
    )
  }

  return {
    strategy(line: LineOf<'strategy'>): void {
      strategies.push(line)
    },

    block({ network, number, hash, timestamp }: LineOf<'block'>): void {
      findings.expect(!blocks.has(network), 'blocks', `Chain ${network} has two blocks.`, `block ${number}`)
      blocks.set(network, { network, number, hash: hash as HexString, timestamp })
    },

    /** A promise where there is something to wait for. */
    add(line: LineOf<'ballot'>, { resolved }: ReadMessage): Promise<void> | undefined {
      if (line.status === 'superseded' || !options.readPowers) return undefined
      waiting.push({ voter: resolved.from, power: line.power, id: resolved.id })
      voters.add(resolved.from)
      if (waiting.length < BATCH || strategies.some((strategy) => demandsOf(strategy).ballots))
        return undefined
      return flush()
    },

    async finish(poll: Poll | undefined, rule: LineOf<'rule'> | undefined): Promise<void> {
      while (waiting.length > 0) await flush()
      const snapshot = poll && blocks.get(poll.network)
      await compareBlocks(snapshot)
      if (!poll) return
      findings.describe('blocks', `Block ${poll.snapshot} of chain ${poll.network}.`)
      findings.expect(
        snapshot?.number === poll.snapshot,
        'blocks',
        `Power was read at block ${snapshot?.number ?? '(none)'} of chain ${poll.network}; the proposal names block ${poll.snapshot}.`,
        poll.id,
      )
      const chains = new Set([poll.network, ...poll.strategies.map(({ network }) => network)])
      // Parts of a strategy may be on more chains.
      const named = new Set(poll.strategies.flatMap(({ params }) => [...networksIn(params)]))
      for (const network of new Set([...chains, ...blocks.keys()])) {
        const block = blocks.get(network)
        const isRight =
          (chains.has(network) || named.has(network)) &&
          block &&
          block.timestamp <= (snapshot?.timestamp ?? 0)
        findings.expect(
          isRight === true,
          'blocks',
          `Chain ${network} has no block of its own, is not asked, or its block is younger than the snapshot.`,
          `chain ${network}`,
        )
      }
      await compareTotal(poll, rule?.module, snapshot)
      findings.describe('chain', `${ballots} ballots and ${blocksRead} blocks were read again.`)
      const { readPowers, readBlock, readTotal } = options
      if (!readPowers || !readBlock || (rule?.module && !readTotal)) {
        findings.leaveOpen(
          'chain',
          'Powers and block hashes are as recorded; re-read them with an RPC endpoint.',
        )
      }
      asker.finish()
    },
  }
}

/** Chain ids in the parameters of a strategy, at any depth. */
function* networksIn(params: unknown): Generator<string> {
  if (typeof params !== 'object' || params === null) return
  for (const [key, value] of Object.entries(params)) {
    if (key === 'network' || key === 'delegationNetwork') yield String(value)
    else yield* networksIn(value)
  }
}
