import type { HexString } from '../views/hex-string'
import type { AuditOptions, ReadBlock } from './audit-options'
import type { Poll } from './audit-proposal'
import type { LineOf } from './bundle-line'
import type { Findings } from './findings'
import type { ReadMessage } from './read-message'

/** Voters asked about at once. */
const BATCH = 500

/** What was read from chains: held against what was signed, and against chains where somebody can ask them. */
export function createChainAudit(findings: Findings, options: AuditOptions) {
  const strategies: LineOf<'strategy'>[] = []
  const blocks = new Map<string, ReadBlock>()
  let waiting: { voter: HexString; power: readonly string[]; id: string }[] = []
  let asked = 0

  const flush = async (): Promise<void> => {
    const batch = waiting
    waiting = []
    if (!options.readPowers || batch.length === 0) return
    const voters = batch.map(({ voter }) => voter)
    for (const [at, { id, version, network, params }] of strategies.entries()) {
      const block = blocks.get(network)
      if (!block) continue
      const answers = await options.readPowers({ strategy: { id, version, params }, block, voters })
      for (const ballot of batch) {
        const answer = answers.get(ballot.voter) ?? 0n
        findings.expect(
          answer.toString() === ballot.power[at],
          'chain',
          `Ballot ${ballot.id} of ${ballot.voter} has the power ${ballot.power[at]} by ${id}; the chain says ${answer}.`,
          ballot.id,
        )
      }
    }
    asked += batch.length
  }

  const compareBlocks = async (snapshot: ReadBlock | undefined): Promise<void> => {
    const { readBlock } = options
    if (!readBlock) return
    for (const { network, number, hash, timestamp } of blocks.values()) {
      const found = await readBlock(network, number)
      findings.expect(
        found.hash === hash && found.timestamp === timestamp,
        'chain',
        `Block ${number} of chain ${network} is ${found.hash}, not ${hash} as the bundle says.`,
        `block ${number}`,
      )
      if (!snapshot || network === snapshot.network) continue
      const next = await readBlock(network, number + 1)
      findings.expect(
        next.timestamp > snapshot.timestamp,
        'chain',
        `Block ${number} of chain ${network} is not the last one before the snapshot.`,
        `block ${number}`,
      )
    }
  }

  return {
    strategy(line: LineOf<'strategy'>): void {
      strategies.push(line)
    },

    block({ network, number, hash, timestamp }: LineOf<'block'>): void {
      findings.expect(!blocks.has(network), 'blocks', `Chain ${network} has two blocks.`, `block ${number}`)
      blocks.set(network, { network, number, hash: hash as HexString, timestamp })
    },

    async add(line: LineOf<'ballot'>, { resolved }: ReadMessage): Promise<void> {
      if (line.status === 'superseded' || !options.readPowers) return
      waiting.push({ voter: resolved.from, power: line.power, id: resolved.id })
      if (waiting.length === BATCH) await flush()
    },

    async finish(poll: Poll | undefined, rule: LineOf<'rule'> | undefined): Promise<void> {
      await flush()
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
      for (const network of new Set([...chains, ...blocks.keys()])) {
        const block = blocks.get(network)
        const isRight = chains.has(network) && block && block.timestamp <= (snapshot?.timestamp ?? 0)
        findings.expect(
          isRight === true,
          'blocks',
          `Chain ${network} has no block of its own, is not asked, or its block is younger than the snapshot.`,
          `chain ${network}`,
        )
      }
      await compareTotal(findings, options, { poll, rule, snapshot })
      const { readPowers, readBlock } = options
      findings.describe('chain', `${asked} ballots and ${blocks.size} blocks were read again.`)
      if (!readPowers || !readBlock) {
        findings.leaveOpen(
          'chain',
          'Powers and block hashes are as recorded; re-read them with an RPC endpoint.',
        )
      }
    },
  }
}

async function compareTotal(
  findings: Findings,
  { readTotal }: AuditOptions,
  { poll, rule, snapshot }: { poll: Poll; rule: LineOf<'rule'> | undefined; snapshot: ReadBlock | undefined },
): Promise<void> {
  if (!rule?.module || !readTotal || !snapshot) return
  const { config, total } = rule.module
  const found = await readTotal({
    powerSource: config.powerSource as HexString,
    powerParams: config.powerParams as HexString,
    block: snapshot,
    timestamp: poll.timestamp,
  })
  findings.expect(
    found.toString() === total,
    'chain',
    `All power was ${found} by the module’s power source, not ${total} as the bundle says.`,
    poll.id,
  )
}
