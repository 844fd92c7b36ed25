import type { Address } from 'viem'
import { type BlockRef, fetchBlock } from '../../chain/blocks'
import { readChain } from '../../chain/read-chain'
import { readWallets } from '../../chain/read-wallets'
import { AppError, refuse } from '../../core/errors'
import { signedTime } from '../../core/messages/signed-time'
import type { HexString } from '../../core/views/hex-string'
import { proposalOf } from '../../db/log/new-message'
import { findProposal } from '../../db/proposal/find-proposal'
import { countWaitingRelayed } from '../../db/relayed/count-waiting-relayed'
import { dropUnapproved } from '../../db/relayed/drop-unapproved'
import { findRelayed } from '../../db/relayed/find-relayed'
import { saveRelayed } from '../../db/relayed/save-relayed'
import type { Ingest, Rehearsal, Sender } from '../../ingest/ingest'
import { limits } from '../../ingest/limits'
import type { Verdict } from '../../ingest/rule'
import type { Context } from '../context'
import { hashIp } from '../moderation/hash-ip'

/**
 * How many messages may wait. Nobody has signed one, so that all of a wallet's can be somebody else's: one sender must
 * not use up what a wallet, or everybody, has, and what none of its owners approved gives way.
 */
const mostWaiting = { all: 2_000, wallet: 100, sender: 50, both: 10 }

/**
 * Keeps a message until its wallet approves it. It must be one that would be taken at once if the wallet had; the wallet
 * must be a contract on the chain concerned. Twice the same is once.
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
  const known = await findRelayed(ctx.db, id)
  if (known?.state === 'waiting' || known?.state === 'accepted') return { id }

  const sender = hashIp(from.ip ?? 'unknown')
  const waiting = await countWaitingRelayed(ctx.db, { address, sender })
  if (waiting.both >= mostWaiting.both || waiting.sender >= mostWaiting.sender) refuseMore('from here ')
  const block = await fetchBlock(ctx.chains, chainId, 'latest')
  if (!(await hasCode(ctx, address, block))) {
    refuse(`there is no contract at ${address} on chain ${chainId}: only a contract wallet approves later`)
  }
  const verdict = await rehearsal.check()
  const [standing] = await readWallets(ctx.chains, block, [{ address, digest: id }])
  if (waiting.wallet >= mostWaiting.wallet) await makeRoom(ctx, address)
  else if (waiting.all >= mostWaiting.all) await makeRoom(ctx, null)
  await saveRelayed(ctx.db, {
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
    expiresAt: new Date((await findExpiry(ctx, message.timestamp, verdict)) * 1000),
  })
  ctx.log.info({ event: 'relayed.stored', id, address })
  return { id }
}

async function makeRoom({ db, log }: Context, address: string | null): Promise<void> {
  const id = await dropUnapproved(db, address)
  if (id === undefined) refuseMore(address === null ? '' : `of ${address} `)
  log.info({ event: 'relayed.dropped', id })
}

function refuseMore(whose: string): never {
  throw new AppError('rate_limited', {
    message: `too many messages ${whose}wait for approval already, try again later`,
    details: { retryAfter: 600 },
  })
}

async function hasCode({ chains }: Context, address: Address, block: BlockRef): Promise<boolean> {
  const { chainId, number: blockNumber } = block
  return readChain(
    chains,
    chainId,
    async (client) => (await client.getCode({ address, blockNumber })) !== undefined,
  )
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
