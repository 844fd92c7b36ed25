import { z } from 'zod'
import { checksumAddress } from '../../core/messages/checksum-address'
import { isText } from '../../core/messages/normalise-value'
import { parseJson } from '../../core/messages/payload-fields'
import type { HexString } from '../../core/views/hex-string'

/** Longer text is no message: a whole envelope has 100,000 characters at most. */
const MAX_TEXT = 100_000
/** Of a choice or metadata as JSON. */
const MAX_JSON = 20_000

const text = z.string().max(MAX_TEXT).refine(isText, { error: 'holds what cannot be stored' })
const loose = text.nullish().transform((value) => value ?? '')
const texts = z.array(text).max(2_000)
/** Hubs keep addresses in EIP-55; Starknet's are longer and not of an EVM chain. */
const address = z.string().transform((value, context): HexString => {
  const checksummed = /^0x[0-9a-fA-F]{40}$/.test(value) ? checksumAddress(value.toLowerCase()) : undefined
  if (!checksummed) context.addIssue({ code: 'custom', message: 'is no Ethereum address' })
  return checksummed ?? '0x'
})
const digest = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, { error: 'is no id' })
  .transform((value) => value.toLowerCase() as HexString)
/** Unix seconds, as far as the API's integers reach. */
const time = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
const amount = z.number().min(0).max(1e60)
const json = (max = MAX_JSON) =>
  z.unknown().refine((value) => isStorable(value, max), { error: 'is too long or cannot be stored' })
const place = z.object({ id: z.string().max(200) }).transform(({ id }) => id.toLowerCase())

/** `max`: characters as JSON. */
function isStorable(value: unknown, max = Number.POSITIVE_INFINITY): boolean {
  try {
    const written = JSON.stringify(value) ?? 'null'
    return written.length <= max && parseJson(written) !== undefined
  } catch {
    // It goes too deep to be written.
    return false
  }
}

const strategies = z.array(
  z.object({ name: text, network: z.coerce.string().nullish(), params: json(MAX_TEXT).optional() }),
)
const validation = z.object({ name: text, params: json(MAX_TEXT).optional() }).nullish()

/** A ballot, as hubs tell of it. */
export const remoteVoteSchema = z.object({
  id: digest,
  voter: address,
  created: time,
  proposal: place,
  choice: json(),
  reason: loose,
  app: loose,
  metadata: json(),
  vp: amount,
  vp_by_strategy: z
    .array(amount.nullable().transform((value) => value ?? 0))
    .nullish()
    .transform((list) => list ?? []),
  vp_state: loose,
})

/** A proposal, as hubs tell of it. */
export const remoteProposalSchema = z.object({
  id: digest,
  author: address,
  created: time,
  updated: time.nullish().transform((value) => value ?? null),
  space: place,
  network: z.coerce.string().max(80),
  symbol: loose,
  type: text,
  strategies,
  validation,
  plugins: json(MAX_TEXT),
  title: text,
  body: loose,
  discussion: loose,
  choices: texts,
  labels: texts.nullish().transform((list) => list ?? []),
  start: time,
  end: time,
  quorum: z
    .number()
    .nullish()
    .transform((value) => value ?? 0),
  quorumType: loose,
  privacy: loose,
  snapshot: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  state: loose,
  app: loose,
  scores: z.array(
    z
      .number()
      .nullable()
      .transform((value) => value ?? 0),
  ),
  scores_state: loose,
  scores_total: z.number(),
  votes: z.int().min(0),
  flagged: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  flagCode: z
    .int()
    .min(0)
    .max(1000)
    .nullish()
    .transform((value) => value ?? 0),
})

/** What a hub knows of a message beside what it says. `envelope` is an extra of some hubs. */
export const remoteMessageSchema = z.object({
  id: digest,
  mci: z.int().min(0),
  ipfs: z.string().max(200),
  address,
  timestamp: time,
  type: z.string().max(40),
  sig: z
    .string()
    .max(MAX_TEXT)
    .transform((sig) => (/^0x([0-9a-fA-F]{2})*$/.test(sig) ? (sig as HexString) : null)),
  envelope: z.string().max(200_000).nullish(),
})

export const remoteFollowSchema = z.object({ id: digest, follower: address, network: loose, created: time })

export const remoteStatementSchema = z.object({
  id: digest,
  delegate: address,
  network: loose,
  about: loose,
  statement: loose,
  discourse: loose,
  status: loose,
  created: time,
  updated: time,
})

/** A space. What it holds beside is its settings, in their own words. */
export const remoteSpaceSchema = z
  .looseObject({
    id: z.string().max(200),
    name: text,
    network: z.coerce.string().max(80),
    strategies,
    admins: texts,
    created: z.int().min(0),
    controller: z.string().nullish(),
  })
  .refine((space) => isStorable(space), { error: 'holds what cannot be stored' })

export type RemoteVote = z.output<typeof remoteVoteSchema>
export type RemoteProposal = z.output<typeof remoteProposalSchema>
export type RemoteMessage = z.output<typeof remoteMessageSchema>
export type RemoteStatement = z.output<typeof remoteStatementSchema>
export type RemoteSpace = z.output<typeof remoteSpaceSchema>

/** A row that is none: which, and why. */
export interface Misshapen {
  readonly id: string
  readonly problem: string
}

/** Reads rows one by one, so that one that is none does not hide the others. */
export function readRows<Row>(
  schema: z.ZodType<Row>,
  rows: readonly unknown[],
  onMisshapen: (row: Misshapen) => void,
): Row[] {
  return rows.flatMap((row) => {
    const parsed = schema.safeParse(row)
    if (parsed.success) return [parsed.data]
    const [issue] = parsed.error.issues
    const { id } = (typeof row === 'object' && row !== null ? row : {}) as { id?: unknown }
    onMisshapen({
      id: String(id ?? '').slice(0, 80),
      problem: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    })
    return []
  })
}
