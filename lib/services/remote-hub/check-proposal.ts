import { isDeepStrictEqual } from 'node:util'
import { parseJsonObject } from '../../core/messages/payload-fields'
import { rebuildProposal, rebuildUpdate } from '../../core/messages/rebuild-row'
import { type CheckedRow, checkRow, type RemoteSources, type SignedForm } from './check-row'
import type { RemoteMessage, RemoteProposal } from './hub-rows'
import type { RemoteHub } from './remote-hub'

/** A proposal as a hub tells of it, held against what was signed. */
export interface CheckedProposalRow extends CheckedRow {
  readonly row: RemoteProposal
  /** The signed edit that gave it the text it has. */
  readonly edit: (CheckedRow & { readonly told: RemoteMessage }) | undefined
  /** What the hub says otherwise than was signed, in words. */
  readonly differences: readonly string[]
}

/** Until then clients signed texts with a proposal of which hubs keep the meaning alone. Unix seconds. */
const PLAIN_SINCE = 1_660_000_000

/** Checks id and signature of a proposal, of the newest edit of it, and that it says what was signed last. */
export async function checkProposal(
  sources: RemoteSources & { readonly hub: RemoteHub },
  row: RemoteProposal,
  told: RemoteMessage | undefined,
): Promise<CheckedProposalRow> {
  const claim = {
    id: row.id,
    from: row.author,
    kinds: ['proposal'] as const,
    space: row.space,
    chainId: Number(row.network),
    at: row.created,
    rebuild: () => (row.updated === null ? rebuildProposal(row) : undefined),
    excuse: excuseOf(row),
  }
  const [checked, edit] = await Promise.all([
    checkRow(sources, claim, told),
    row.updated === null ? undefined : findEdit(sources, row),
  ])
  return { ...checked, row, edit, differences: differences(row, checked.form, edit?.form) }
}

function excuseOf({ updated, plugins, created }: RemoteProposal): string | undefined {
  if (updated !== null) return 'it was edited since, and the hub does not show what it was'
  if (created < PLAIN_SINCE) return 'it was signed with texts of which the hub shows the meaning alone'
  const isPlain = typeof plugins !== 'object' || plugins === null || Object.keys(plugins).length === 0
  return isPlain ? undefined : 'its plugins were signed as text, of which the hub shows the meaning alone'
}

/** The newest edit that says what the hub shows. */
async function findEdit(
  sources: RemoteSources & { readonly hub: RemoteHub },
  row: RemoteProposal,
): Promise<CheckedProposalRow['edit']> {
  const edits = await sources.hub.findMessages(
    { space: row.space, type: 'update-proposal', timestamp_gte: row.created },
    { by: 'timestamp', direction: 'desc' },
  )
  for (const told of edits) {
    const claim = {
      id: told.id,
      from: row.author,
      kinds: ['update-proposal'] as const,
      space: row.space,
      chainId: Number(row.network),
      at: told.timestamp,
      rebuild: () => rebuildUpdate(told.id, told.timestamp, row.id, row),
    }
    const checked = await checkRow(sources, claim, told)
    const about = String(checked.form?.message.proposal ?? '').toLowerCase()
    if (about === row.id) return { ...checked, told }
  }
  return undefined
}

function differences(
  row: RemoteProposal,
  form: SignedForm | undefined,
  edit: SignedForm | undefined,
): string[] {
  const problems: string[] = []
  const expect = (message: SignedForm['message'], name: string, shown: unknown) => {
    if (message[name] !== undefined && !isDeepStrictEqual(message[name], shown)) {
      problems.push(`its ${name} is not the one that was signed`)
    }
  }
  if (form) {
    for (const name of ['start', 'end', 'snapshot', 'app'] as const) expect(form.message, name, row[name])
    if (form.message.timestamp !== row.created) problems.push(`it was signed at ${form.message.timestamp}`)
    if (String(form.message.space).toLowerCase() !== row.space) {
      problems.push(`it was signed for the space ${form.message.space}`)
    }
  }
  const newest = row.updated === null ? form : edit
  if (newest) {
    for (const name of ['title', 'body', 'discussion', 'type', 'choices', 'labels'] as const) {
      expect(newest.message, name, row[name])
    }
    if (!isDeepStrictEqual(parseJsonObject(newest.message.plugins), row.plugins ?? {})) {
      problems.push('its plugins are not those that were signed')
    }
  }
  return problems
}
