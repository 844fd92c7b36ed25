import { AppError } from '../../core/errors'
import { findSettlement } from '../../db/settlement/find-settlement'
import { saveHindrance } from '../../db/settlement/save-hindrance'
import { saveStatus } from '../../db/settlement/save-status'
import type { Election, Progress } from '../../execution/executor'
import { unixSeconds } from '../../platform/clock'
import type { Context } from '../context'
import { followOpen } from '../keeper/follow-open'
import type { Keeper } from '../keeper/keeper'
import { paysFor } from '../keeper/pays-for'
import { type Attempt, sendAct } from '../keeper/send-act'
import type { StepsCase } from './find-case'
import { lookAtElection } from './look-at-election'
import type { Settled } from './settled'
import { readStepsRecord } from './steps-record'

/** How soon a transaction under way is asked for again. */
const againMs = { demo: 1_000, live: 3_000 }

/** Then others get their turn. */
const actsAtOnce = 10

/**
 * Reads how a proposal stands with its module, from its creation on. Where this process has a keeper that pays for the space, does what is due and
 * unasked, and looks again, until nothing is due or a transaction is under way. What is due is a function of the chain
 * and the log alone: whoever did the last step, and whoever died doing it.
 *
 * Throws `chain_unavailable`; the settlement keeps what was known, or says `blocked` where nothing was.
 */
export async function settleBySteps(ctx: Context, found: StepsCase): Promise<Settled> {
  try {
    for (let acts = 0; ; acts++) {
      const { election, progress } = await lookAtElection(ctx, found)
      const isPaid = paysFor(ctx.env.keeperSpaces, found.proposal.spaceId)
      if (!ctx.keeper || !isPaid || !isDue(ctx, ctx.keeper, progress)) {
        if (ctx.keeper) await followOpen(ctx, ctx.keeper, found.ref.chainId)
        return progress.isOver ? { settled: true } : waiting(ctx, found, progress)
      }
      const attempt = await act(ctx, ctx.keeper, found, election, progress)
      if (attempt.status !== 'moved' || acts + 1 === actsAtOnce) return afterwards(ctx, attempt)
    }
  } catch (error) {
    if (!(error instanceof AppError) || !error.retry) throw error
    await noteTrouble(ctx, found, error.message)
    throw error
  }
}

function isDue(ctx: Context, { address }: Keeper, { next, block }: Progress): boolean {
  if (!next?.isAutomatic || (next.sender !== null && next.sender !== address)) return false
  // Whichever is ahead: a local chain's newest block may be old, and this clock may be slow.
  const now = Math.max(unixSeconds(ctx.clock), block.timestamp)
  return next.from <= now && (next.until === null || now <= next.until)
}

/** Sends what is due, and notes why when it cannot be sent. */
async function act(
  ctx: Context,
  keeper: Keeper,
  { proposal, executor }: StepsCase,
  election: Election,
  progress: Progress,
): Promise<Attempt> {
  const { id } = proposal
  const name = progress.next?.act
  if (!name) throw new AppError('fault', { message: 'Nothing is due.' })
  const transaction = await executor.prepare(ctx, election, progress, keeper.address)
  const known = readStepsRecord((await findSettlement(ctx.db, id))?.data).hindrance
  const attempt = await sendAct(ctx, keeper, transaction, { proposal: id, act: name })
  if (attempt.status === 'refused' || attempt.status === 'hindered') {
    const reason =
      attempt.status === 'hindered'
        ? attempt.reason
        : // Somebody else's may go through: a call can tell who sends it.
          `The keeper's transaction would fail. ${executor.explain(attempt.reverted)}`
    if (known?.reason === reason) return attempt
    ctx.log.warn({ event: 'keeper.hindered', proposal: id, act: name, reason })
    await saveHindrance(ctx.db, id, { act: name, reason })
  } else if (known) {
    await saveHindrance(ctx.db, id, null)
  }
  return attempt
}

/** Nothing for the keeper to do: until the next act can be sent, or the vote is over, little happens. */
function waiting(ctx: Context, { proposal }: StepsCase, { next }: Progress): Settled {
  const now = ctx.clock.now()
  const moments = [
    ...(next ? [next.from * 1000] : []),
    ...(proposal.result ? [] : [(Number(proposal.end) + 1) * 1000]),
  ].filter((moment) => moment > now)
  return moments.length > 0 ? { settled: false, nextAt: Math.min(...moments) } : { settled: false }
}

function afterwards(ctx: Context, attempt: Attempt): Settled {
  const now = ctx.clock.now()
  switch (attempt.status) {
    case 'moved':
      return { settled: false, nextAt: now }
    case 'pending':
      return { settled: false, nextAt: now + (ctx.env.demo ? againMs.demo : againMs.live) }
    case 'refused':
      return { settled: false }
    case 'hindered':
      return attempt.until === null ? { settled: false } : { settled: false, nextAt: attempt.until }
  }
}

async function noteTrouble(ctx: Context, { proposal, executor }: StepsCase, reason: string): Promise<void> {
  const settlement = await findSettlement(ctx.db, proposal.id)
  if (readStepsRecord(settlement?.data).progress) return
  await saveStatus(ctx.db, {
    proposalId: proposal.id,
    executor: executor.id,
    state: 'blocked',
    reason,
    trace: null,
    data: {},
    submission: null,
    now: new Date(ctx.clock.now()),
  })
}
