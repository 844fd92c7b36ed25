import type { Findings } from '../../core/audit/findings'
import { subtreeRoot, type TiledTree } from '../../core/log/proofs-from-tiles'
import { isEqual } from '../../core/log/tree'
import type { LogCheckId } from './log-report'
import type { Evidence, SeenState } from './log-state'
import { openNote, type SignedState } from './open-signed-state'

/**
 * Holds every state of a log that was seen or shown against the one that it shows now: the log only ever grows. `tree` undefined:
 * its tiles are wrong, so only states that contradict each other by themselves can be told. `shown` are those that its own
 * operator hands out: they may contradict it, and vouch for nothing.
 *
 * @throws WrongTile
 */
export async function compareHistory(
  findings: Findings<LogCheckId>,
  now: SignedState,
  tree: TiledTree | undefined,
  { seen, shown }: { readonly seen: readonly SeenState[]; readonly shown: readonly SeenState[] },
): Promise<Evidence | undefined> {
  if (seen.length === 0) {
    findings.leaveOpen(
      'history',
      `Nothing of this log was seen before: what it shows now is what later runs compare.${shown.length > 0 ? ' What it signed for others agrees with it.' : ''}`,
    )
  }
  findings.describe(
    'history',
    `${seen.length === 1 ? 'The state' : `${seen.length} states`} seen before agree.`,
  )
  let evidence: Evidence | undefined
  const { size, root } = now.checkpoint
  for (const state of [...seen, ...shown]) {
    const old = openNote(state.note, state.key)
    if (!old) {
      findings.fail('history', `A state that was seen before is not signed by ${state.key}.`, state.note)
      continue
    }
    const problem =
      old.size > size
        ? `The log has shrunk: it has ${size} entries, and it signed ${old.size}${at(state)}.`
        : old.size === size
          ? isEqual(old.root, root)
            ? undefined
            : `The log signed two different states of ${size} entries: it shows different readers different logs.`
          : !tree || isEqual(await subtreeRoot(tree, 0, old.size), old.root)
            ? undefined
            : `The log of ${size} entries does not begin with the ${old.size} that it signed${at(state)}: history was changed.`
    if (!problem) continue
    findings.fail('history', problem, `${old.size} entries`)
    evidence ??= { problem, checkpoints: [state, { note: now.note, key: now.key }] }
  }
  if (!tree && !evidence && seen.length + shown.length > 0) {
    findings.leaveOpen('history', 'The tiles are wrong: nothing shows what the log was.')
  }
  return evidence
}

function at({ seenAt }: SeenState): string {
  return seenAt === undefined ? '' : ` on ${new Date(seenAt * 1000).toISOString()}`
}
