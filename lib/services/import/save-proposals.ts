import { findVotingSystem } from '../../core/voting/registry'
import { appendImported, type ImportedMessage } from '../../db/import/append-imported'
import { saveImport } from '../../db/import/save-import'
import { type ImportedProposal, saveImportedProposals } from '../../db/import/save-imported-proposals'
import type { Context } from '../context'
import { type CheckedProposalRow, checkProposal } from '../remote-hub/check-proposal'
import { findAliases } from '../remote-hub/find-aliases'
import type { RemoteProposal, RemoteSpace } from '../remote-hub/hub-rows'
import type { Cursors } from './cursors'
import type { RowProblem } from './import-report'
import type { ImportSource } from './import-source'
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
    const problem = problemOf(row, id)
    if (problem !== undefined) problems.push({ id: row.id, problem })
    return problem === undefined
  })
  const told = await hub.messages(usable.map((row) => row.id))
  const messages: ImportedMessage[] = []
  const proposals: ImportedProposal[] = []
  for (const row of usable) {
    const checked = await checkProposal(source, row, told.get(row.id))
    const forgery = await findForgery(source, checked)
    if (forgery !== undefined) {
      problems.push({ id: row.id, problem: forgery })
      continue
    }
    for (const problem of checked.differences) problems.push({ id: row.id, problem })
    messages.push(...proposalMessages(hub, checked))
    proposals.push(await toImportedProposal(ctx, hub, space, checked))
  }
  return appendImported(ctx.db, ctx.clock.now, messages, async (turn) => {
    await saveImportedProposals(turn, proposals)
    await saveImport(turn.sql, turn.at, { space: id, hub: hub.url, cursors })
  })
}

/** What the database, or a page, could not make sense of. */
function problemOf(row: RemoteProposal, space: string): string | undefined {
  if (row.space !== space) return `it is one of the space ${row.space}`
  if (row.start >= row.end) return 'it ends before it begins'
  if (!/^[1-9][0-9]{0,14}$/.test(row.network)) return `its network ${row.network} is no EVM chain`
  if (!findVotingSystem(row.type) && row.state !== 'closed') {
    return `the voting system ${row.type} is not part of this installation: it is copied when it is over`
  }
  return undefined
}

/** What proves its author's signature false. One that only cannot be checked is copied, and marked. */
async function findForgery(
  source: ImportSource,
  { row, signature, signer }: CheckedProposalRow,
): Promise<string | undefined> {
  if (signature.status === 'failed') return signature.reason
  if (signer === row.author) return undefined
  const used = { principal: row.author, alias: signer, at: row.created, chainId: Number(row.network) }
  const verdict = (await findAliases(source, [used])).verdictOf(used)
  return verdict.status === 'failed' ? verdict.reason : undefined
}
