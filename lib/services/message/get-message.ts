import { AppError } from '../../core/errors'
import type { HexString } from '../../core/views/hex-string'
import type { MessageView } from '../../core/views/record-view'
import { findMessage, type MessageRow } from '../../db/message/find-message'
import type { Context } from '../context'
import { getInclusion } from '../log/get-inclusion'
import { openReceiptKey } from '../operator/open-receipt-key'
import { makeReceipt } from './make-receipt'

/**
 * A message of the log with its receipt, made anew, and the proof that it is there under the newest checkpoint.
 *
 * @throws AppError `not_found`
 */
export async function getMessage(ctx: Context, id: HexString): Promise<MessageView> {
  const row = await findMessage(ctx.db, id)
  if (!row) throw new AppError('not_found', { message: 'The log has no message with this id.' })
  const [key, inclusion] = await Promise.all([openReceiptKey(ctx), getInclusion(ctx, row.logIndex)])
  const { sig } = JSON.parse(row.envelope) as { readonly sig: HexString }
  return {
    ...row,
    receipt: makeReceipt(key, { ...row, sig, proposal: row.proposal?.id ?? null }),
    inclusion,
    ballot: row.ballot && {
      state: stateOf(row.id, row.ballot),
      power: row.ballot.power?.toString() ?? null,
      current: row.ballot.current,
    },
  }
}

type Ballot = NonNullable<MessageRow['ballot']>

function stateOf(
  id: HexString,
  { current, countable, power }: Ballot,
): NonNullable<MessageView['ballot']>['state'] {
  if (current !== id) return 'superseded'
  if (!countable) return 'uncountable'
  if (power === null) return 'pending'
  return power === 0n ? 'powerless' : 'counted'
}
