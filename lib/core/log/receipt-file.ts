import { getAddress } from 'viem/utils'
import { z } from 'zod'
import { refuse } from '../errors'
import type { HexString } from '../views/hex-string'
import type { AcceptedView } from '../views/installation-view'
import type { Receipt } from './receipt'

/** A receipt that somebody kept. Nothing of it is verified yet. */
export interface KeptReceipt {
  readonly receipt: Receipt
  /** By the receipt key, over `hashReceipt(receipt)`. */
  readonly signature: HexString
  /** The receipt key's address, as the server named it. */
  readonly operator: HexString
  /** The log that it is about; null where the file does not say. */
  readonly origin: string | null
}

const bytes = (length: number) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-f]{${2 * length}}$`, 'i'))
    .transform((text) => text as HexString)
const address = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/i)
  .transform((text) => getAddress(text.toLowerCase()))
const hash = bytes(32).transform((text) => text.toLowerCase() as HexString)

const receiptSchema = z
  .object({
    messageId: hash,
    proposal: hash,
    voter: address,
    signatureHash: hash,
    logIndex: z
      .string()
      .regex(/^(0|[1-9][0-9]{0,15})$/)
      .transform(Number)
      .pipe(z.int()),
    acceptedAt: z.int().min(0),
    signature: bytes(65),
    operator: address,
  })
  .transform(({ signature, operator, ...receipt }) => ({ receipt, signature, operator }))

const fileSchema = z.object({
  format: z.literal('comitia-receipts'),
  version: z.literal(1),
  origin: z.string().min(1).max(255),
  receipts: z.array(receiptSchema).max(100_000),
})

/** A server's reply to one message, as a bot may have kept it. */
const replySchema = z
  .object({ receipt: receiptSchema })
  .transform(({ receipt }) => ({ origin: null, receipts: [receipt] }))

/** The text of a file of receipts, as the app hands it out. `origin` is the log's name. */
export function formatReceiptFile(origin: string, receipts: readonly AcceptedView['receipt'][]): string {
  return `${JSON.stringify({ format: 'comitia-receipts', version: 1, origin, receipts }, undefined, 2)}\n`
}

/**
 * The receipts in a file: one written by `formatReceiptFile`, or a server's reply to a message as it came. Keys that are
 * none of a receipt's are passed over.
 *
 * @throws AppError `invalid` for any other text
 */
export function parseReceiptFile(text: string): KeptReceipt[] {
  const parsed = z.union([fileSchema, replySchema]).safeParse(parseJson(text))
  if (!parsed.success) return refuse('not a file of receipts')
  const { origin, receipts } = parsed.data
  return receipts.map((kept) => ({ ...kept, origin }))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
