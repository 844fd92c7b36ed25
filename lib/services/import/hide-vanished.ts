import { rebuildPlain } from '../../core/messages/rebuild-row'
import type { HexString } from '../../core/views/hex-string'
import { appendImported, type ImportedMessage } from '../../db/import/append-imported'
import { hideImported } from '../../db/import/hide-imported'
import { findProposal } from '../../db/proposal/find-proposal'
import type { Context } from '../context'
import { checkRow } from '../remote-hub/check-row'
import { findAliases } from '../remote-hub/find-aliases'
import type { RemoteMessage, RemoteSpace } from '../remote-hub/hub-rows'
import type { ImportSource } from './import-source'
import { isYetToCome } from './is-yet-to-come'
import { toImported } from './to-imported'

/** Hides proposals that the hub shows no more, with the signed withdrawal where it shows one. Answers how many messages were new. */
export async function hideVanished(
  ctx: Context,
  source: ImportSource,
  space: RemoteSpace,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0
  const withdrawals = await findWithdrawals(ctx, source, space, ids)
  let added = 0
  for (const id of ids) {
    const proposal = await findProposal(ctx.db, id)
    if (!proposal) continue
    const withdrawal = withdrawals.get(id)
    const by = withdrawal?.by ?? proposal.author
    const as = by === proposal.author ? 'author' : roleIn(space, by)
    const messages = withdrawal ? [withdrawal.message] : []
    added += await appendImported(ctx.db, ctx.clock.now, messages, (turn) =>
      hideImported(turn, { id, by, as }),
    )
  }
  return added
}

/** Who withdrew a proposal, and the message that says so. */
interface Withdrawal {
  readonly proposal: HexString
  readonly by: HexString
  readonly message: ImportedMessage
}

/** The newest withdrawal of each of these proposals, by its id, where the hub shows one. */
async function findWithdrawals(
  ctx: Context,
  source: ImportSource,
  space: RemoteSpace,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Withdrawal>> {
  const found = new Map<string, Withdrawal>()
  const told = await source.hub.findMessages(
    { space: space.id.toLowerCase(), type: 'delete-proposal' },
    { by: 'timestamp', direction: 'desc' },
  )
  for (const message of told) {
    const sought = ids.filter((id) => !found.has(id))
    if (sought.length === 0) break
    if (isYetToCome(ctx, message.timestamp)) continue
    const withdrawal = await readWithdrawal(source, space, message, sought)
    if (withdrawal) found.set(withdrawal.proposal, withdrawal)
  }
  return found
}

/** A withdrawal of one of these proposals; undefined where it is of another, or forged, or nobody can tell of which. */
async function readWithdrawal(
  source: ImportSource,
  space: RemoteSpace,
  told: RemoteMessage,
  ids: readonly string[],
): Promise<Withdrawal | undefined> {
  const { id, address: by, timestamp } = told
  const spaceId = space.id.toLowerCase()
  const claim = {
    id,
    from: by,
    kinds: ['delete-proposal'] as const,
    space: spaceId,
    chainId: Number(space.network),
    at: timestamp,
    rebuild: () => {
      for (const proposal of ids) {
        const said = { from: by, space: spaceId, timestamps: [timestamp], proposal }
        const rebuilt = rebuildPlain('delete-proposal', id, said)
        if (rebuilt) return rebuilt
      }
      return undefined
    },
  }
  const checked = await checkRow(source, claim, told)
  const proposal = String(checked.form?.message.proposal ?? '').toLowerCase() as HexString
  if (!ids.includes(proposal) || checked.signature.status === 'failed') return undefined
  const used = { principal: by, alias: checked.signer, at: timestamp, chainId: claim.chainId }
  const alias = (await findAliases(source, [used])).verdictOf(used)
  if (alias.status === 'failed') return undefined
  const message = toImported(source.hub, checked, {
    id,
    kind: 'delete-proposal',
    space: spaceId,
    author: by,
    timestamp,
    proposal,
    alias,
    row: { from: by, space: spaceId, timestamp, proposal },
  })
  return { proposal, by, message }
}

function roleIn({ admins }: RemoteSpace, address: string): 'admin' | 'moderator' {
  return admins.includes(address) ? 'admin' : 'moderator'
}
