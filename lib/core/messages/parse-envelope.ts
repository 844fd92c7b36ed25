import { z } from 'zod'
import { refuse } from '../errors'
import type { HexString } from '../views/hex-string'
import { checksumAddress } from './checksum-address'
import { refuseStarknet } from './refuse-starknet'

/** Snapshot refuses longer requests, counted in characters of the JSON text. */
const MAX_CHARACTERS = 100_000

type JsonObject = Readonly<Record<string, unknown>>

const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
)

/** An EVM address in exact EIP-55 form. */
const exactAddress = z.custom<HexString>((value) => value !== undefined && checksumAddress(value) === value)

const envelopeSchema = z.strictObject({
  address: exactAddress,
  sig: z.string(),
  data: z.strictObject({
    domain: jsonObject,
    types: jsonObject,
    message: z.looseObject({
      from: exactAddress,
      timestamp: z.number(),
      space: z
        .string()
        .regex(/^[^ ]+$/)
        .optional(),
    }),
    primaryType: z.string().optional(),
  }),
})

/** A request of acceptable shape and size; what it says is not checked yet. */
export interface Envelope {
  /** Who signed: `message.from`, or an alias of it. EIP-55. */
  readonly address: HexString
  /** Hex in the form sent. `0x` stands for a Safe's signature that lies on chain. */
  readonly sig: HexString
  readonly data: {
    readonly domain: JsonObject
    readonly types: JsonObject
    readonly message: JsonObject & { readonly from: HexString; readonly timestamp: number }
  }
}

/**
 * Checks the outside of a posted message, as Snapshot's sequencer does.
 *
 * @throws AppError `invalid`: `wrong envelope format` | `too large message` | `signature validation failed` (a
 * signature that is no hex), or that Starknet is not supported
 */
export function parseEnvelope(body: unknown): Envelope {
  if (!envelopeSchema.safeParse(body).success) {
    if (isStarknet(body)) refuseStarknet()
    refuse('wrong envelope format')
  }
  // The input goes on, not zod's copy of it: copying would turn an own `__proto__` key into a prototype.
  const envelope = body as Envelope
  // A compact signature is kept in its longer form, and what is kept must be readable again.
  const grown = envelope.sig.length === 130 ? 2 : 0
  if (characters(envelope) + grown > MAX_CHARACTERS) refuse('too large message')
  if (!/^0x([0-9a-fA-F]{2})*$/.test(envelope.sig)) refuse('signature validation failed')
  return envelope
}

const starknetAddress = z.string().regex(/^0x[0-9a-fA-F]{64}$/)

/** Of which Snapshot takes some: by a Starknet account, for one, or with a signature of felts. */
const starknetSchema = z.union([
  z.object({ address: starknetAddress }),
  z.object({ data: z.object({ message: z.object({ from: starknetAddress }) }) }),
  z.object({ sig: z.array(z.string()) }),
])

function isStarknet(body: unknown): boolean {
  return starknetSchema.safeParse(body).success
}

function characters(envelope: Envelope): number {
  try {
    return JSON.stringify(envelope).length
  } catch {
    // Nested deeper than the stack reaches.
    return Number.POSITIVE_INFINITY
  }
}
