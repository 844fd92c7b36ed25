import { findVotingSystem } from '../../core/voting/registry'
import { appendImported, type ImportedMessage } from '../../db/import/append-imported'
import { saveImport } from '../../db/import/save-import'
import { type ImportedProposal, saveImportedProposals } from '../../db/import/save-imported-proposals'
import type { Context } from '../context'
import { type CheckedProposalRow, checkProposal } from '../remote-hub/check-proposal'
import type { CheckedRow } from '../remote-hub/check-row'
import { type FoundAliases, findAliases } from '../remote-hub/find-aliases'
import type { RemoteProposal, RemoteSpace } from '../remote-hub/hub-rows'
import type { Cursors } from './cursors'
import type { RowProblem } from './import-report'
import type { ImportSource } from './import-source'
import { isYetToCome } from './is-yet-to-come'
import { proposalMessages } from './proposal-messages'
import { toImportedProposal } from './to-imported-proposal'

/**
 * Writes proposals as the hub shows them now, but for those that cannot be used or are proven false. Answers how many
 * messages were new; what is wrong with any is added to `problems`.
 */
export async function saveProposals(
  ctx: Context,
  source: ImportSource,
  {
    space,
    rows,
    cursors,
    problems,
  }: {
    readonly space: RemoteSpace
    readonly rows: readonly RemoteProposal[]
    readonly cursors: Cursors
    readonly problems: RowProblem[]
  },
): Promise<number> {
  const { hub } = source
  const id = space.id.toLowerCase()
  const usable = rows.filter((row) => {
    const problem = problemOf(ctx, row, id)
    if (problem !== undefined) problems.push({ id: row.id, problem })
    return problem === undefined
  })
  const told = await hub.messages(usable.map((row) => row.id))
  const messages: ImportedMessage[] = []
  const proposals: ImportedProposal[] = []
  for (const row of usable) {
    const checked = await checkProposal(source, row, told.get(row.id))
    const verdictOf = await findSigners(source, checked)
    const forgery = findForgery(ctx, checked, verdictOf)
    if (forgery !== undefined) {
      problems.push({ id: row.id, problem: forgery })
      continue
    }
    for (const problem of checked.differences) problems.push({ id: row.id, problem })
    messages.push(...proposalMessages(hub, checked, verdictOf))
    proposals.push(await toImportedProposal(ctx, hub, space, checked))
  }
  return appendImported(ctx.db, ctx.clock.now, messages, async (turn) => {
    for (const { shown } of messages) {
      if (!turn.places.has(shown)) problems.push({ id: shown, problem: 'its id is another message’s here' })
    }
    await saveImportedProposals(turn, proposals)
    await saveImport(turn.sql, turn.at, { space: id, hub: hub.url, cursors })
  })
}

/** What the database, or a page, could not make sense of. */
function problemOf(ctx: Context, row: RemoteProposal, space: string): string | undefined {
  if (row.space !== space) return `it is one of the space ${row.space}`
  if (isYetToCome(ctx, row.created)) return `it was signed at ${row.created}, which is yet to come`
  if (row.start >= row.end) return 'it ends before it begins'
  if (!/^[1-9][0-9]{0,14}$/.test(row.network)) return `its network ${row.network} is no EVM chain`
  if (!findVotingSystem(row.type) && row.state !== 'closed') {
    return `the voting system ${row.type} is not part of this installation: it is copied when it is over`
  }
  return undefined
}

type VerdictOf = (checked: CheckedRow, at: number) => ReturnType<FoundAliases['verdictOf']>

/** Whether who signed a proposal, and the edit of it, was entitled to. */
async function findSigners(source: ImportSource, checked: CheckedProposalRow): Promise<VerdictOf> {
  const { row, edit } = checked
  const used = ({ signer }: CheckedRow, at: number) => ({
    principal: row.author,
    alias: signer,
    at,
    chainId: Number(row.network),
  })
  const aliases = await findAliases(source, [
    used(checked, row.created),
    ...(edit ? [used(edit, edit.told.timestamp)] : []),
  ])
  return (one, at) => aliases.verdictOf(used(one, at))
}

/** What proves it, or its text, to be somebody else's. What only cannot be checked is copied, and marked. */
function findForgery(ctx: Context, checked: CheckedProposalRow, verdictOf: VerdictOf): string | undefined {
  const { row, edit, identity, isContradicted } = checked
  const verdicts = [
    checked.signature,
    verdictOf(checked, row.created),
    ...(isContradicted ? [identity] : []),
    ...(edit ? [edit.signature, verdictOf(edit, edit.told.timestamp)] : []),
  ]
  const wrong = verdicts.find(({ status }) => status === 'failed')
  if (wrong && 'reason' in wrong) return wrong.reason
  return edit && isYetToCome(ctx, edit.told.timestamp)
    ? `its edit was signed at ${edit.told.timestamp}, which is yet to come`
    : undefined
}
