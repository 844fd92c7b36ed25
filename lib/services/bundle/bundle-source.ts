import type { LineOf } from '../../core/audit/bundle-line'
import type { BundledMessage, BundleSource } from '../../core/audit/write-bundle'
import { AppError } from '../../core/errors'
import { describeRule } from '../../core/proposal/describe-rule'
import { decisionRuleSchema } from '../../core/proposal/rule'
import type { HexString } from '../../core/views/hex-string'
import { type BundleMessageRow, listBundleMessages } from '../../db/bundle/list-bundle-messages'
import type { Database } from '../../db/client'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import { createTileReader } from '../log/read-tile'
import { readFrozenStrategies } from '../power/frozen-strategy'
import { readOutcome } from '../proposal/stored-outcome'

/** The parts of a bundle that no row but its own holds. */
export type FrozenParts = Pick<BundleSource, 'header' | 'checkpoint' | 'sign'>

/**
 * A closed proposal's bundle as the database has it now. `onMessage` sees every message on its way.
 *
 * @throws AppError `fault` without a result
 */
export function bundleSource(
  db: Database,
  proposal: ProposalRow,
  frozen: FrozenParts,
  onMessage: (row: BundleMessageRow) => void = () => {},
): BundleSource {
  const { id, spaceId: space, logIndex, result } = proposal
  if (!result) throw new AppError('fault', { message: `Proposal ${id} has no result to write down.` })
  const { logSize } = result
  const { status, text } = readOutcome(result.outcome)
  const ruleText = describeRule(decisionRuleSchema.parse(proposal.rule), proposal)

  async function* messages(): AsyncGenerator<BundledMessage> {
    const range = { proposal: id, space, logIndex, logSize, mayHaveAliases: frozen.header.version === 2 }
    for await (const row of listBundleMessages(db, range)) {
      onMessage(row)
      yield toBundled(row)
    }
  }
  return {
    ...frozen,
    proposal: { id: id as HexString, space },
    rule: {
      rule: proposal.rule as LineOf<'rule'>['rule'],
      text: ruleText,
      module: proposal.module as LineOf<'rule'>['module'],
    },
    strategies: readFrozenStrategies(proposal.strategies).map(({ id, version, network, params }) => ({
      id,
      version,
      network,
      params,
    })),
    blocks: ((result.blocks ?? []) as unknown as readonly LineOf<'block'>[]).map(
      ({ network, number, hash, timestamp }) => ({ network, number, hash, timestamp }),
    ),
    messages: messages(),
    result: {
      scores: result.scores,
      scoresByStrategy: result.scoresByStrategy as string[][],
      total: result.scoresTotal,
      ballots: result.votes,
      status,
      text,
    },
    // What a long-lived reader of the whole process remembers may no longer be what the database says.
    tree: { size: Number(logSize), read: createTileReader({ ...db }) },
  }
}

function toBundled({
  logIndex,
  acceptedAtMs,
  envelope,
  verification,
  vote,
}: BundleMessageRow): BundledMessage {
  const { method, chainId, block, blockHash = '' } = verification
  return {
    index: logIndex,
    acceptedAtMs,
    envelope,
    ...(method !== 'ecdsa' && {
      contract: { method, network: String(chainId), block: Number(block), blockHash },
    }),
    ...(vote && { ballot: { status: statusOf(vote), power: vote.current ? vote.powerByStrategy : [] } }),
  }
}

function statusOf(
  vote: NonNullable<BundleMessageRow['vote']>,
): NonNullable<BundledMessage['ballot']>['status'] {
  if (!vote.current) return 'superseded'
  if (!vote.countable) return 'uncountable'
  return vote.power === '0' ? 'powerless' : 'counted'
}
