import { parseCheckpointText } from '../../core/log/checkpoint'
import { consistencyFromTiles } from '../../core/log/proofs-from-tiles'
import { parseNote } from '../../core/log/signed-note'
import { isEqual } from '../../core/log/tree'
import { findCheckpoint } from '../../db/checkpoint/find-checkpoint'
import { listNewestCosigned } from '../../db/checkpoint/list-newest-cosigned'
import { listStandings } from '../../db/checkpoint/list-standings'
import { saveCosignature } from '../../db/checkpoint/save-cosignature'
import { saveStanding } from '../../db/checkpoint/save-standing'
import type { WitnessStanding } from '../../db/checkpoint/witness-standing'
import type { NamedWitness } from '../../platform/parse-witnesses'
import type { Context } from '../context'
import { getLogState } from '../log/get-log-state'
import { createTileReader } from '../log/read-tile'
import { signState } from '../log/sign-state'
import { askWitness } from './ask-witness'

const PATIENCE_MS = 5_000

/** A witness that stays in trouble is asked ever rarer, in the end once in this time. */
const LONGEST_PAUSE_MS = 300_000

type Outcome = Pick<WitnessStanding, 'state' | 'reason'>

/**
 * Shows the log as it is now to every witness that has not co-signed it so, all at once, and keeps what they answer. None
 * holds up the others for longer than `patienceMs`. Says in the log what changes, once. Safe to run twice, also at the
 * same time.
 */
export async function collectCosignatures(
  ctx: Context,
  { patienceMs = PATIENCE_MS }: { readonly patienceMs?: number } = {},
): Promise<void> {
  const { clock, db, env } = ctx
  if (env.witnesses.length === 0) return
  const now = clock.now()
  const keys = env.witnesses.map(({ key }) => key)
  // Read before the log's size: what another worker has co-signed since could be larger than that.
  const [newest, standings] = await Promise.all([listNewestCosigned(db, keys), listStandings(db, keys)])
  const sizes = new Map(newest.map(({ witness, size }) => [witness, size]))
  const { size, root } = await getLogState(ctx)
  const lacking = env.witnesses.filter(
    ({ key }) => (sizes.get(key) ?? 0) !== size && isDue(standings.get(key), now),
  )
  if (lacking.length === 0) return

  const note = await signState(ctx, { size, root })
  const former = await findFormer(ctx, size, note)
  const tree = { size, read: createTileReader(db) }
  const shown = await Promise.allSettled(
    lacking.map(async (witness) => {
      const outcome = await show(witness)
      if (outcome) await report(ctx, witness, { ...outcome, askedAt: now })
    }),
  )
  for (const one of shown) if (one.status === 'rejected') throw one.reason

  async function show(witness: NamedWitness): Promise<Outcome | undefined> {
    const oldSize = sizes.get(witness.key) ?? 0
    // A log under another name has to grow before anybody can be shown it: co-signatures are kept by size.
    if (former === 'renamed') return undefined
    if (former === 'rewritten') return { state: 'disagrees', reason: rewritten(size) }
    if (oldSize > size) return { state: 'disagrees', reason: shrunk(oldSize, size) }
    const prove = (old: number) => consistencyFromTiles(tree, old)
    const answer = await askWitness(witness, { note, oldSize, prove, now }, patienceMs)
    switch (answer.kind) {
      case 'cosigned': {
        const { line } = answer
        const cosignedAt = new Date(answer.timestamp * 1000)
        await saveCosignature(db, {
          size,
          note,
          madeAt: new Date(now),
          witness: witness.key,
          line,
          cosignedAt,
        })
        return { state: 'cosigns', reason: '' }
      }
      case 'ahead': {
        const { size: current } = await getLogState(ctx)
        // Another worker showed it more of the log.
        if (answer.size <= current) return undefined
        return { state: 'disagrees', reason: shrunk(answer.size, current) }
      }
      default:
        return { state: answer.kind, reason: answer.reason }
    }
  }
}

const rewritten = (size: number) => `co-signed another log of the same size ${size}, as our own records say`
const shrunk = (old: number, size: number) =>
  `co-signed a log of size ${old}, and this one has only ${size} messages`

/** The pause is as long as the trouble has lasted when the witness was asked last. */
function isDue(standing: WitnessStanding | undefined, now: number): boolean {
  if (!standing || standing.state === 'cosigns') return true
  const { since, askedAt } = standing
  return now - askedAt >= Math.min(askedAt - since, LONGEST_PAUSE_MS)
}

/** Whether somebody co-signed something else at this size: the log under another name, or another log. */
async function findFormer(
  ctx: Context,
  size: number,
  note: string,
): Promise<'renamed' | 'rewritten' | undefined> {
  const kept = await findCheckpoint(ctx.db, size)
  if (kept === undefined) return undefined
  const [was, is] = [kept, note].map((one) => parseCheckpointText(parseNote(one).text))
  if (was?.origin !== is?.origin) return 'renamed'
  return was && is && isEqual(was.root, is.root) ? undefined : 'rewritten'
}

/** Keeps how it went, and tells the operator what is new. */
async function report(
  ctx: Context,
  { name, key, url }: NamedWitness,
  standing: Omit<WitnessStanding, 'since'>,
): Promise<void> {
  if (!(await saveStanding(ctx.db, key, standing))) return
  const { state, reason } = standing
  const event = { event: `witness.${state}`, witness: name, url, ...(reason && { reason }) }
  if (state === 'cosigns') ctx.log.info(event)
  else if (state === 'disagrees')
    ctx.log.error(event, 'A witness was shown another log: find out why, and tell your voters.')
  else ctx.log.warn(event)
}
