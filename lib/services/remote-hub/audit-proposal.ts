import { AppError } from '../../core/errors'
import { toDouble } from '../../core/tally/fixed-point'
import type { RawBallot } from '../../core/tally/recount'
import { findVotingSystem } from '../../core/voting/registry'
import { checkProposal } from './check-proposal'
import type { RemoteSources, RowVerdict } from './check-row'
import { type CheckedVoteRow, checkVote } from './check-vote'
import { fetchPowers } from './fetch-powers'
import { findAliases, type UsedAlias } from './find-aliases'
import type { RemoteProposal, RemoteVote } from './hub-rows'
import { mostVotes } from './most-votes'
import { isClose, powersOf, type Recount, recountRows } from './recount-rows'
import type { RemoteHub } from './remote-hub'
import { type HubCheck, RowFindings } from './row-findings'

/** Every check of a hub's proposal, in the order of a report. */
const titles = {
  rows: 'Everything that the hub shows can be read',
  proposal: 'The proposal is the one that was signed',
  author: 'Its author signed it',
  identities: 'Every ballot says what its id stands for',
  signatures: 'Every ballot is signed',
  aliases: 'Who signed for somebody else was entitled to',
  window: 'Every ballot came while voting was open',
  choices: 'Every ballot chooses what there was to choose',
  voters: 'Each voter has one ballot',
  count: 'As many ballots are shown as are counted',
  sums: 'Each power is the sum of its parts',
  powers: 'Powers are what the chains say',
  result: 'The ballots add up to the result',
} as const

export type HubCheckId = keyof typeof titles

export interface HubAudit {
  readonly ok: boolean
  readonly hub: string
  readonly proposal: Pick<RemoteProposal, 'id' | 'title' | 'type' | 'state' | 'choices' | 'votes'> & {
    readonly space: string
  }
  /** By option: the exact count, and the hub's double. `ours` null where it cannot be counted here. */
  readonly scores: readonly {
    readonly option: string
    readonly ours: string | null
    readonly theirs: number | null
  }[]
  readonly total: { readonly ours: string | null; readonly theirs: number }
  /** How many ballots are known as they were signed, and from where. */
  readonly forms: Readonly<Record<'envelope' | 'rebuilt' | 'ipfs' | 'unknown', number>>
  readonly checks: readonly HubCheck<HubCheckId>[]
}

export interface AuditSources extends RemoteSources {
  readonly hub: RemoteHub
  /** Unix seconds. */
  readonly now: number
  /** Told how many ballots were checked, now and then. */
  readonly onProgress?: (checked: number, of: number) => void
}

/**
 * Checks a proposal of a hub with nothing but what the hub shows, and chains where there are any: identities,
 * signatures, choices, window, voters, powers, and the sum.
 *
 * @throws AppError `not_found`; `invalid` for a hub that cannot be read
 */
export async function auditProposal(sources: AuditSources, id: string): Promise<HubAudit> {
  const { hub } = sources
  const proposal = await hub.findProposal(id)
  if (!proposal) throw new AppError('not_found', { message: `${hub.url} has no proposal ${id}` })
  const findings = new RowFindings<HubCheckId>(titles)
  const note = (check: HubCheckId, offender: string, verdict: RowVerdict) => {
    if (verdict.status === 'passed') findings.pass(check)
    else if (verdict.status === 'failed') findings.fail(check, offender, verdict.reason)
    else findings.leaveOpen(check, offender, verdict.reason)
  }

  await auditText(sources, proposal, note)
  const votes = await auditVotes(sources, proposal, findings, note)
  await auditAliases(sources, proposal, votes, note)
  await auditPowers(sources, proposal, votes, findings)
  const recount = recountRows(
    proposal,
    votes.map((vote) => ballotOf(proposal, vote)),
  )
  const { result } = recount
  auditResult(proposal, recount, findings)
  for (const { id: row, problem } of hub.misshapen) findings.fail('rows', row, problem)

  const checks = findings.checks()
  const count = (source: string | undefined) => votes.filter(({ form }) => form?.source === source).length
  return {
    ok: checks.every(({ status }) => status !== 'failed'),
    hub: hub.url,
    proposal: {
      id: proposal.id,
      title: proposal.title,
      type: proposal.type,
      state: proposal.state,
      choices: proposal.choices,
      votes: proposal.votes,
      space: proposal.space,
    },
    scores: proposal.choices.map((option, index) => ({
      option,
      ours: result ? String(result.scores[index] ?? 0n) : null,
      theirs: proposal.scores[index] ?? null,
    })),
    total: { ours: result ? String(result.total) : null, theirs: proposal.scores_total },
    forms: {
      envelope: count('envelope'),
      rebuilt: count('rebuilt'),
      ipfs: count('ipfs'),
      unknown: count(undefined),
    },
    checks,
  }
}

type Note = (check: HubCheckId, offender: string, verdict: RowVerdict) => void

async function auditText(sources: AuditSources, proposal: RemoteProposal, note: Note): Promise<void> {
  const told = await sources.hub.messages([proposal.id])
  const checked = await checkProposal(sources, proposal, told.get(proposal.id))
  const { id, updated } = proposal
  note('proposal', id, checked.identity)
  for (const reason of checked.differences) note('proposal', id, { status: 'failed', reason })
  note('author', id, checked.signature)
  await noteSigner(
    sources,
    proposal,
    [{ principal: proposal.author, alias: checked.signer, at: proposal.created }],
    note,
  )
  if (updated === null) return
  const { edit } = checked
  if (edit) {
    note('author', edit.told.id, edit.signature)
    const used = { principal: proposal.author, alias: edit.signer, at: edit.told.timestamp }
    await noteSigner(sources, proposal, [used], note)
  } else {
    const reason = 'no signed edit is shown that says what the hub says now'
    note('proposal', id, { status: sources.hub.hasEnvelopes ? 'failed' : 'open', reason })
  }
}

async function auditVotes(
  sources: AuditSources,
  proposal: RemoteProposal,
  findings: RowFindings<HubCheckId>,
  note: Note,
): Promise<CheckedVoteRow[]> {
  const { hub, now, onProgress } = sources
  const system = findVotingSystem(proposal.type)
  const choice = system?.choiceSchema(proposal.choices.length)
  const votes: CheckedVoteRow[] = []
  const voters = new Map<string, string>()
  const most = mostVotes(proposal, 'audit')
  for await (const page of hub.list('votes', { proposal: proposal.id }, { most })) {
    const told = await hub.messages(page.map(({ id }) => id))
    for (const row of page) {
      const vote = await checkVote(sources, proposal, row, told.get(row.id))
      votes.push(vote)
      note('identities', row.id, vote.identity)
      for (const reason of vote.differences) note('identities', row.id, { status: 'failed', reason })
      note('signatures', row.id, vote.signature)
      findings.expect('window', row.id, windowProblem(proposal, row, now))
      const earlier = voters.get(row.voter)
      findings.expect('voters', row.id, earlier && `${row.voter} has the ballot ${earlier} too`)
      voters.set(row.voter, row.id)
      if (choice) noteChoice(proposal, vote, choice.safeParse(vote.choice).success, note)
    }
    onProgress?.(votes.length, proposal.votes)
  }
  findings.expect(
    'count',
    proposal.id,
    votes.length === proposal.votes ? undefined : `${proposal.votes} are counted, ${votes.length} are shown`,
  )
  return votes
}

function windowProblem(
  { start, end }: RemoteProposal,
  { created }: RemoteVote,
  now: number,
): string | undefined {
  if (created < start || created > end) return `it was signed at ${created}, outside of ${start} to ${end}`
  return created > now + 300 ? `it was signed at ${created}, which is yet to come` : undefined
}

function noteChoice(
  proposal: RemoteProposal,
  { row, choice }: CheckedVoteRow,
  isValid: boolean,
  note: Note,
): void {
  const isEncrypted = proposal.privacy === 'shutter' && typeof choice === 'string'
  const reason = isEncrypted
    ? 'it is still encrypted: it counts in the total alone'
    : `${JSON.stringify(choice).slice(0, 80)} is no choice: it counts in the total alone`
  note(
    'choices',
    row.id,
    isValid ? { status: 'passed' } : { status: isEncrypted ? 'open' : 'failed', reason },
  )
}

async function auditAliases(
  sources: AuditSources,
  proposal: RemoteProposal,
  votes: readonly CheckedVoteRow[],
  note: Note,
): Promise<void> {
  const used = votes.map(({ row, signer }) => ({
    principal: row.voter,
    alias: signer,
    at: row.created,
    id: row.id,
  }))
  await noteSigner(sources, proposal, used, note)
}

/** Says of everybody for whom another key signed whether it was entitled to. */
async function noteSigner(
  sources: AuditSources,
  { network }: RemoteProposal,
  signers: readonly (Omit<UsedAlias, 'chainId'> & { readonly id?: string })[],
  note: Note,
): Promise<void> {
  const chainId = Number(network)
  const used = signers
    .filter(({ principal, alias }) => principal !== alias)
    .map((one) => ({ ...one, chainId }))
  if (used.length === 0) return
  const found = await findAliases(sources, used)
  for (const one of used) note('aliases', one.id ?? one.alias, found.verdictOf(one))
}

function ballotOf({ strategies }: RemoteProposal, { row, choice }: CheckedVoteRow): RawBallot {
  return { choice, powerByStrategy: powersOf(row, strategies.length) }
}

async function auditPowers(
  sources: AuditSources,
  proposal: RemoteProposal,
  votes: readonly CheckedVoteRow[],
  findings: RowFindings<HubCheckId>,
): Promise<void> {
  for (const { row } of votes) {
    const sum = row.vp_by_strategy.reduce((total, part) => total + part, 0)
    const isSum = row.vp_by_strategy.length === 0 || isClose(sum, row.vp)
    findings.expect('sums', row.id, isSum ? undefined : `its power is ${row.vp}, its parts come to ${sum}`)
  }
  const voters = [...new Set(votes.map(({ row }) => row.voter))]
  const answers = await fetchPowers(sources.chains, proposal, voters)
  let compared = 0
  for (const [index, answer] of answers.entries()) {
    const { name } = proposal.strategies[index] ?? { name: '' }
    if ('reason' in answer) {
      findings.leaveOpen('powers', name, answer.reason)
      continue
    }
    for (const { row } of votes) {
      const theirs = row.vp_by_strategy[index] ?? (answers.length === 1 ? row.vp : 0)
      const ours = toDouble(answer.powers.get(row.voter) ?? 0n)
      compared += 1
      const isSame = isClose(theirs, ours)
      findings.expect(
        'powers',
        row.id,
        isSame
          ? undefined
          : `${row.voter} has ${ours} by ${name} at block ${proposal.snapshot}, not ${theirs}`,
      )
    }
  }
  if (compared > 0) findings.describe('powers', `${compared} were read again at block ${proposal.snapshot}`)
}

function auditResult(
  { id, type, state, scores_state }: RemoteProposal,
  { result, differences }: Recount,
  findings: RowFindings<HubCheckId>,
): void {
  if (!result) findings.leaveOpen('result', id, `the voting system ${type} is not part of this installation`)
  else if (differences.length === 0) findings.pass('result')
  for (const difference of differences) {
    if (scores_state === 'final') findings.fail('result', id, difference)
    else findings.leaveOpen('result', id, `${difference}; it has not settled its count (${state})`)
  }
}
