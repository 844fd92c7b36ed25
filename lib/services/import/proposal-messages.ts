import type { ImportedMessage } from '../../db/import/append-imported'
import type { CheckedProposalRow } from '../remote-hub/check-proposal'
import type { CheckedRow, RowVerdict } from '../remote-hub/check-row'
import type { RemoteHub } from '../remote-hub/remote-hub'
import { toImported } from './to-imported'

/**
 * What the log takes of a proposal: the message that made it, and the edit that gave it the text it has, if any did.
 * `verdictOf`: whether who signed one was entitled to.
 */
export function proposalMessages(
  hub: RemoteHub,
  checked: CheckedProposalRow,
  verdictOf: (checked: CheckedRow, at: number) => RowVerdict,
): ImportedMessage[] {
  const { row, edit } = checked
  const text = {
    from: row.author,
    space: row.space,
    type: row.type,
    title: row.title,
    body: row.body,
    discussion: row.discussion,
    choices: row.choices,
    labels: row.labels,
    privacy: row.privacy,
    plugins: JSON.stringify(row.plugins ?? {}),
  }
  const made = toImported(hub, checked, {
    id: row.id,
    kind: 'proposal',
    space: row.space,
    author: row.author,
    timestamp: row.created,
    proposal: row.id,
    alias: verdictOf(checked, row.created),
    row: {
      ...text,
      timestamp: row.created,
      start: row.start,
      end: row.end,
      snapshot: row.snapshot,
      app: row.app,
    },
  })
  if (!edit) return [made]
  const { id, timestamp } = edit.told
  const edited = toImported(hub, edit, {
    id,
    kind: 'update-proposal',
    space: row.space,
    author: row.author,
    timestamp,
    proposal: row.id,
    alias: verdictOf(edit, timestamp),
    row: { ...text, timestamp, proposal: row.id },
  })
  return [made, edited]
}
