import { AppError } from '../errors'
import { parseVote } from '../messages/vote'
import { phaseAt } from '../proposal/phase-at'
import { ballotDelta, type CellDelta } from '../tally/ballot-delta'
import { computeResult, type Result } from '../tally/compute-result'
import { applyDelta, type Tally, tallyFromCells } from '../tally/tally'
import { getVotingSystem } from '../voting/registry'
import type { VotingSystem } from '../voting/voting-system'
import type { Poll } from './audit-proposal'
import type { LineOf } from './bundle-line'
import type { Findings } from './findings'
import { expectOwnChain } from './own-chain'
import { readPlainVote } from './plain-vote'
import type { ReadMessage } from './read-message'
import { VoterTable } from './voter-table'

/** Ballots whose cells are added up at once: adding copies the tally. */
const BATCH = 8192

/** Holds ballots against the poll one after the other, and counts those that count. */
export function createBallotAudit(findings: Findings, poll: () => Poll | undefined) {
  const voters = new VoterTable()
  /** Made once: a schema costs more than what it checks. */
  let question:
    | { text: Poll['text']; system: VotingSystem; choiceSchema: ReturnType<VotingSystem['choiceSchema']> }
    | undefined
  let tally: Tally | undefined
  let cells: CellDelta[] = []
  let batched = 0
  let [seen, counted] = [0, 0]

  const add = (line: LineOf<'ballot'>, { resolved, signer, acceptedAt }: ReadMessage): void => {
    const { id, from, kind, timestamp } = resolved
    const held = poll()
    if (kind !== 'vote' && kind !== 'vote-array' && kind !== 'vote-string') {
      findings.fail('forms', `Message ${id} (${kind}) is no ballot.`, id)
      return
    }
    if (!held) {
      findings.fail('proposal', `Ballot ${id} comes before the proposal.`, id)
      return
    }
    seen += 1
    const vote = readPlainVote(resolved.message, kind) ?? parseVote(resolved.message, kind)
    const isOfThis = vote.proposal === held.id && resolved.space === held.space
    findings.expect(isOfThis, 'proposal', `Ballot ${id} is of another proposal.`, id)
    expectOwnChain(findings, { line, id, network: held.network })
    findings.expect(
      !held.isWithdrawn && [timestamp, acceptedAt].every((moment) => phaseAt(held, moment) === 'active'),
      'window',
      `Ballot ${id} of ${from} was signed at ${timestamp} and accepted at ${acceptedAt}: voting was open from ${held.start} to ${held.end}${held.isWithdrawn ? ', and the proposal withdrawn' : ''}.`,
      id,
    )
    compareWithLast(line, { id, from, timestamp })

    const { text, strategies, module } = held
    if (question?.text !== text) {
      const system = getVotingSystem(text.type)
      question = { text, system, choiceSchema: system.choiceSchema(text.choices.length) }
    }
    const { system, choiceSchema } = question
    const choice = choiceSchema.safeParse(vote.choice)
    findings.expect(choice.success, 'choices', `Ballot ${id} of ${from} has no valid choice.`, id)
    const power = line.power.map(BigInt)
    const isOfKey = signer === from && line.contract === undefined
    checkPower(line, { id, from, isUncountable: module !== null && !isOfKey, strategies })
    if (line.status !== 'counted' || !choice.success || power.length !== strategies.length) return
    counted += 1
    // One by one: as arguments of one call, the duels of a few hundred options are too many.
    for (const cell of ballotDelta(system, choice.data, power, text.choices.length)) cells.push(cell)
    batched += 1
    if (batched === BATCH) flush(strategies.length)
  }

  const compareWithLast = (
    line: LineOf<'ballot'>,
    { id, from, timestamp }: Pick<ReadMessage['resolved'], 'id' | 'from' | 'timestamp'>,
  ) => {
    const isSuperseded = line.status === 'superseded'
    const last = voters.replace(from, { timestamp, id, isSuperseded })
    if (!last) return
    findings.expect(
      last.timestamp < timestamp || (last.timestamp === timestamp && last.id < id),
      'voters',
      `Ballot ${id} of ${from} is not newer than the one accepted before it, ${last.id}.`,
      id,
    )
    findings.expect(
      last.isSuperseded,
      'voters',
      `Ballot ${last.id} of ${from} is not marked as superseded, though ${id} followed.`,
      last.id,
    )
  }

  const checkPower = (
    { status, power }: LineOf<'ballot'>,
    held: Pick<Poll, 'strategies'> & { id: string; from: string; isUncountable: boolean },
  ) => {
    const { id, from, isUncountable, strategies } = held
    const expectPower = (isGood: boolean, detail: string) => findings.expect(isGood, 'powers', detail, id)
    if (status === 'superseded') {
      expectPower(power.length === 0, `Ballot ${id} of ${from} is superseded, and yet has powers.`)
      return
    }
    const isComplete = power.length === strategies.length
    expectPower(
      isComplete,
      `Ballot ${id} of ${from} has ${power.length} powers of ${strategies.length} strategies.`,
    )
    const hasPower = power.some((part) => part !== '0')
    const right = isUncountable ? 'uncountable' : hasPower ? 'counted' : 'powerless'
    expectPower(status === right, `Ballot ${id} of ${from} is said to be ${status}; it is ${right}.`)
  }

  const flush = (strategyCount: number): Tally => {
    tally = applyDelta(tally ?? tallyFromCells([], strategyCount), cells)
    cells = []
    batched = 0
    return tally
  }

  return {
    add(line: LineOf<'ballot'>, message: ReadMessage): void {
      try {
        add(line, message)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        const { id } = message.resolved
        findings.fail('choices', `Ballot ${id} cannot be read: ${error.message}.`, id)
      }
    },

    /** What the ballots come to. */
    finish(): Result | undefined {
      for (const voter of voters.orphans()) {
        findings.fail(
          'voters',
          `The newest ballot of ${voter} is marked as superseded, by none that is here.`,
          voter,
        )
      }
      findings.describe('voters', `${voters.size} voters sent ${seen} ballots; ${counted} count.`)
      findings.describe('window', `${seen} ballots, all signed and accepted in time.`)
      const held = poll()
      if (!held) return undefined
      const { strategies, text } = held
      return computeResult(getVotingSystem(text.type), flush(strategies.length), text.choices.length)
    },
  }
}
