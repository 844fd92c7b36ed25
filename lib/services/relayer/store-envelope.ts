import { fetchBlock } from '../../chain/blocks'
import { hasCode } from '../../chain/has-code'
import { readWallets } from '../../chain/read-wallets'
import { AppError, refuse } from '../../core/errors'
import { signedTime } from '../../core/messages/signed-time'
import type { HexString } from '../../core/views/hex-string'
import type { Database, Sql } from '../../db/client'
import { proposalOf } from '../../db/log/new-message'
import { findProposal } from '../../db/proposal/find-proposal'
import { countWaitingRelayed } from '../../db/relayed/count-waiting-relayed'
import { dropUnapproved } from '../../db/relayed/drop-unapproved'
import { findRelayed } from '../../db/relayed/find-relayed'
import { lockRelayed } from '../../db/relayed/lock-relayed'
import { saveRelayed } from '../../db/relayed/save-relayed'
import type { Ingest, Rehearsal, Sender } from '../../ingest/ingest'
import { limits } from '../../ingest/limits'
import type { Verdict } from '../../ingest/rule'
import type { Context } from '../context'
import { hashIp } from '../moderation/hash-ip'
import { senderNetwork } from './sender-network'

/**
 * How many messages may wait. Nobody has signed one, so that all of a wallet's can be somebody else's: one sender must
 * not use up what a wallet, or everybody, has, and of what no owner approved, who has most gives way.
 */
const mostWaiting = { all: 2_000, wallet: 100, sender: 50, both: 10 }

/**
 * Keeps a message until its wallet approves it. It must be one that would be taken at once if the wallet had; the wallet
 * must be a contract on the chain concerned. Twice the same is once. No more than `mostWaiting` are kept, however
 * many come at once; the oldest of a sender's never gives way to another's.
 *
 * @throws AppError what `Ingest.rehearse` throws; `invalid`: signed, undated, or by no contract; `rate_limited`: too many
 * wait
 */
export async function storeEnvelope(
  ctx: Context,
  ingest: Ingest,
  body: unknown,
  from: Sender,
): Promise<{ readonly id: HexString }> {
  const rehearsal = await ingest.rehearse(body, from)
  const { envelope, message, chainId } = rehearsal
  const { address } = envelope
  const { id } = message
  if (envelope.sig !== '0x') refuse('sig must be 0x: what is signed goes to /')
  if (signedTime(message) === undefined) {
    // Whoever sends it first would say until when it waits.
    refuse('a message that waits for approval must sign its time: use the definition that has a timestamp')
  }
  if (await isKept(ctx.db, id)) return { id }
  const sender = hashIp(senderNetwork(from.ip ?? 'unknown'))
  // Before the chain is asked, and once more when it is kept.
  refuseExcess(await countWaitingRelayed(ctx.db, { address, sender }))
  const block = await fetchBlock(ctx.chains, chainId, 'latest')
  if (!(await hasCode(ctx.chains, block, address))) {
    refuse(`there is no contract at ${address} on chain ${chainId}: only a contract wallet approves later`)
  }
  const verdict = await rehearsal.check()
  const [standing] = await readWallets(ctx.chains, block, [{ address, digest: id }])
  const expiresAt = new Date((await findExpiry(ctx, message.timestamp, verdict)) * 1000)
  const dropped = await ctx.db.transaction(async (sql) => {
    await lockRelayed(sql)
    if (await isKept(sql, id)) return undefined
    const dropped = await makeRoom(sql, { address, sender })
    await saveRelayed(sql, {
      id,
      address,
      chainId,
      sender,
      kind: message.kind,
      space: message.space ?? '',
      proposal: proposalOf({ id, effect: verdict.effect }),
      envelope: textOf(rehearsal),
      safe: standing?.safe ?? null,
      createdAt: new Date(ctx.clock.now()),
      expiresAt,
    })
    return dropped
  })
  if (dropped) ctx.log.info({ event: 'relayed.dropped', id: dropped })
  ctx.log.info({ event: 'relayed.stored', id, address })
  return { id }
}

async function isKept(db: Pick<Database, 'query'>, id: string): Promise<boolean> {
  const known = await findRelayed(db, id)
  return known?.state === 'waiting' || known?.state === 'accepted'
}

/** For one message more; answers which one gave way. Throws `rate_limited` when there is none. */
async function makeRoom(
  sql: Sql,
  { address, sender }: { readonly address: string; readonly sender: string },
): Promise<string | undefined> {
  const waiting = await countWaitingRelayed(sql, { address, sender })
  refuseExcess(waiting)
  const isFull = waiting.wallet >= mostWaiting.wallet
  if (!isFull && waiting.all < mostWaiting.all) return undefined
  const id = await dropUnapproved(sql, { address: isFull ? address : null, newcomer: sender })
  return id ?? refuseMore(isFull ? `of ${address} ` : '')
}

function refuseExcess({ sender, both }: { readonly sender: number; readonly both: number }): void {
  if (sender >= mostWaiting.sender || both >= mostWaiting.both) refuseMore('from here ')
}

function refuseMore(whose: string): never {
  throw new AppError('rate_limited', {
    message: `too many messages ${whose}wait for approval already, try again later`,
    details: { retryAfter: 600 },
  })
}

/** What was signed and nothing else. */
function textOf({ envelope: { address }, message: { definition, domain, message } }: Rehearsal): string {
  return JSON.stringify({ address, sig: '0x', data: { domain, types: definition.types, message } })
}

/** Unix seconds after which it would be refused. */
async function findExpiry(ctx: Context, timestamp: number, { effect }: Verdict): Promise<number> {
  const oldest = timestamp + limits.secondsBack
  if (effect.type === 'create-proposal') return Math.min(oldest, effect.end)
  if (effect.type !== 'cast-ballot' && effect.type !== 'edit-proposal') return oldest
  const proposal = await findProposal(ctx.db, effect.proposal)
  const end = effect.type === 'cast-ballot' ? proposal?.end : proposal?.start
  return end === undefined ? oldest : Math.min(oldest, Number(end))
}
