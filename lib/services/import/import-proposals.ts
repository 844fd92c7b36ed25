import { fetchBlock } from '../../chain/blocks'
import { parseJsonObject } from '../../core/messages/payload-fields'
import { ruleFor } from '../../core/proposal/rule-for'
import { findVotingSystem, type VotingSystemId } from '../../core/voting/registry'
import { appendImported, type ImportedMessage } from '../../db/import/append-imported'
import { saveImport } from '../../db/import/save-import'
import { type ImportedProposal, saveImportedProposals } from '../../db/import/save-imported-proposals'
import { findStrategy } from '../../strategies/registry'
import type { Context } from '../context'
import { type CheckedProposal, checkProposal } from '../remote-hub/check-proposal'
import { findAliases } from '../remote-hub/find-aliases'
import type { ProposalRow, SpaceRow } from '../remote-hub/hub-rows'
import type { Cursors } from './cursors'
import type { ImportSource } from './import-source'
import { toImported } from './to-imported'

/** More than any space has. */
const MOST = 1_000_000

/** Why a proposal is not copied. */
export interface Unusable {
  readonly id: string
  readonly problem: string
}

/** Copies the proposals that were made since the last look. Answers how many messages were new. */
export async function importProposals(
  ctx: Context,
  source: ImportSource,
  space: SpaceRow,
  cursors: Cursors,
  unusable: Unusable[],
): Promise<number> {
  const id = space.id.toLowerCase()
  let [added, seen] = [0, 0]
  for await (const page of source.hub.list(
    'proposals',
    { space: id },
    { since: cursors.proposals, most: MOST },
  )) {
    cursors.proposals = page.at(-1)?.created ?? cursors.proposals
    added += await saveProposals(ctx, source, { space, rows: page, cursors, unusable })
    seen += page.length
    source.onProgress?.(`${seen} proposals`)
  }
  return added
}

/** Writes proposals as the hub shows them now. */
export async function saveProposals(
  ctx: Context,
  source: ImportSource,
  {
    space,
    rows,
    cursors,
    unusable,
  }: {
    readonly space: SpaceRow
    readonly rows: readonly ProposalRow[]
    readonly cursors: Cursors
    readonly unusable: Unusable[]
  },
): Promise<number> {
  const { hub } = source
  const id = space.id.toLowerCase()
  const usable = rows.filter((row) => {
    const problem = problemOf(row, id)
    if (problem !== undefined) unusable.push({ id: row.id, problem })
    return problem === undefined
  })
  const told = await hub.messages(usable.map((row) => row.id))
  const messages: ImportedMessage[] = []
  const proposals: ImportedProposal[] = []
  for (const row of usable) {
    const checked = await checkProposal(source, row, told.get(row.id))
    const forged = await forgeryOf(source, checked)
    if (forged !== undefined) {
      unusable.push({ id: row.id, problem: forged })
      continue
    }
    for (const problem of checked.differences) unusable.push({ id: row.id, problem })
    messages.push(...messagesOf(source, checked))
    proposals.push(await toProposal(ctx, source, space, checked))
  }
  return appendImported(ctx.db, ctx.clock.now, messages, async (turn) => {
    await saveImportedProposals(turn, proposals)
    await saveImport(turn.sql, turn.at, { space: id, hub: hub.url, cursors })
  })
}

/** What the database, or a page, could not make sense of. */
function problemOf(row: ProposalRow, space: string): string | undefined {
  if (row.space !== space) return `it is one of the space ${row.space}`
  if (row.start >= row.end) return 'it ends before it begins'
  if (!/^[1-9][0-9]{0,14}$/.test(row.network)) return `its network ${row.network} is no EVM chain`
  if (!findVotingSystem(row.type) && row.state !== 'closed') {
    return `the voting system ${row.type} is not part of this installation: it is copied when it is over`
  }
  return undefined
}

/** Whose signature was proven false; one that cannot be checked is not. */
async function forgeryOf(
  source: ImportSource,
  { row, signature, signer }: CheckedProposal,
): Promise<string | undefined> {
  if (signature.status === 'failed') return signature.reason
  if (signer === row.author) return undefined
  const used = { principal: row.author, alias: signer, at: row.created, chainId: Number(row.network) }
  const verdict = (await findAliases(source, [used])).verdictOf(used)
  return verdict.status === 'failed' ? verdict.reason : undefined
}

function messagesOf({ hub }: ImportSource, checked: CheckedProposal): ImportedMessage[] {
  const { row, edit } = checked
  const text = {
    ...{ from: row.author, space: row.space, type: row.type, title: row.title, body: row.body },
    ...{ discussion: row.discussion, choices: row.choices, labels: row.labels, privacy: row.privacy },
    plugins: JSON.stringify(row.plugins ?? {}),
  }
  const { start, end, snapshot, app } = row
  const facts = { space: row.space, author: row.author, proposal: row.id }
  return [
    toImported(hub, checked, {
      ...{ ...facts, id: row.id, kind: 'proposal', timestamp: row.created },
      row: { ...text, timestamp: row.created, start, end, snapshot, app },
    }),
    ...(edit
      ? [
          toImported(hub, edit, {
            ...{ ...facts, id: edit.told.id, kind: 'update-proposal', timestamp: edit.told.timestamp },
            row: { ...text, timestamp: edit.told.timestamp, proposal: row.id },
          }),
        ]
      : []),
  ]
}

async function toProposal(
  ctx: Context,
  { hub }: ImportSource,
  space: SpaceRow,
  { row, edit }: CheckedProposal,
): Promise<ImportedProposal> {
  const { voting = {} } = space as { voting?: { hideAbstain?: boolean } }
  const quorumType = row.quorumType === 'rejection' ? 'rejection' : ''
  return {
    id: row.id,
    definedBy: edit?.told.id ?? row.id,
    space: row.space,
    author: row.author,
    text: {
      ...{ title: row.title, body: row.body, discussion: row.discussion, votingType: row.type },
      ...{ choices: row.choices, labels: row.labels, privacy: row.privacy },
      // An execution of ours that is named elsewhere binds nobody here.
      plugins: withoutOwn(row.plugins),
      rule: ruleFor({
        type: row.type as VotingSystemId,
        choices: row.choices,
        voting: { quorum: Math.max(0, row.quorum), quorumType, hideAbstain: voting.hideAbstain },
      }),
    },
    ...{ app: row.app, created: row.created, updated: row.updated, start: row.start, end: row.end },
    ...{
      network: row.network,
      symbol: row.symbol,
      quorumType,
      flagCode: row.flagCode || Number(row.flagged),
    },
    quorum: Math.max(0, row.quorum),
    snapshot: { number: row.snapshot, ...(await findSnapshot(ctx, row)) },
    voteValidation: { name: row.validation?.name ?? 'any', params: row.validation?.params ?? {} },
    strategies: row.strategies.map(({ name, network, params }) => ({
      id: name,
      version: findStrategy(name)?.version ?? 0,
      network: network || row.network,
      params: params ?? {},
    })),
    origin: { hub: hub.url, importedAt: Math.floor(ctx.clock.now() / 1000), theirs: theirsOf(row) },
  }
}

/** The hub's own count. */
export function theirsOf({ scores, scores_total, scores_state, votes, state }: ProposalRow): object {
  return { scores, scores_total, scores_state, votes, state }
}

function withoutOwn(plugins: unknown): object {
  const { comitia: _, ...others } = parseJsonObject(JSON.stringify(plugins ?? {}))
  return others
}

/** From the chain where it can be read; hubs do not tell. */
async function findSnapshot(
  { chains }: Context,
  { network, snapshot, created }: ProposalRow,
): Promise<{ hash: string; timestamp: number }> {
  const chainId = Number(network)
  const block = chains.has(chainId)
    ? await fetchBlock(chains, chainId, snapshot).catch(() => undefined)
    : undefined
  return { hash: block?.hash ?? '', timestamp: block?.timestamp ?? created }
}
