import { z } from 'zod'
import { decisionRuleSchema } from '../proposal/rule'
import { moduleConfigParameter } from '../settlement/module-config'

/**
 * The format's version. A reader refuses other ones; a line or field is never added without a new number. A bundle is of the
 * lowest that can say what it says: of 2 if an alias signed in it (`signer`) or it was flagged, else of 1.
 */
const version = z.union([z.literal(1), z.literal(2)])

/** What text in a line looks like. */
export const patterns = {
  hex: /^0x([0-9a-f]{2})*$/,
  amount: /^(0|[1-9][0-9]{0,119})$/,
}

const hash = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/)
  .describe('32 bytes in lower-case hex')
const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .describe('An address in EIP-55')
const hex = z.string().regex(patterns.hex)
const amount = z.string().regex(patterns.amount).describe('An integer in decimal')
const power = amount.describe('18-decimal fixed point: one whole vote is 10^18')
const chain = z
  .string()
  .regex(/^[1-9][0-9]{0,15}$/)
  .describe('A chain id in decimal')
const place = z.int().min(0)
const node = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/)
  .describe('32 bytes in base64')
const sentence = z.string().max(100_000)

const headerSchema = z
  .strictObject({
    kind: z.literal('header'),
    format: z.literal('comitia-bundle'),
    version,
    origin: z.string().min(1).max(255).describe('The log’s name'),
    logKey: z.string().max(400).describe('The log’s Ed25519 key as a C2SP verifier key'),
    receiptKeys: z
      .array(address)
      .min(1)
      .max(100)
      .describe('Keys that the operator signed receipts with, ever'),
  })
  .describe('First line: whose log this is')

const proposalSchema = z
  .strictObject({ kind: z.literal('proposal'), id: hash, space: z.string().min(1).max(255) })
  .describe('What was voted on')

const moduleSchema = z.strictObject({
  config: z
    .strictObject(
      Object.fromEntries(moduleConfigParameter.components.map(({ name, type }) => [name, fieldSchema(type)])),
    )
    .describe('The module’s config, whose hash the proposal names'),
  total: amount.describe('All power at the timepoint, in the token’s smallest unit'),
})

const ruleSchema = z
  .strictObject({
    kind: z.literal('rule'),
    rule: decisionRuleSchema,
    text: sentence.describe('The rule in words'),
    module: moduleSchema.nullable().describe('Where the rule comes from, unless from the space’s settings'),
  })
  .describe('How the result becomes a decision, frozen when the proposal was made')

const strategySchema = z
  .strictObject({
    kind: z.literal('strategy'),
    id: z.string().min(1).max(64),
    version: z.int().min(1),
    network: chain,
    params: z.unknown(),
  })
  .describe('A source of power, in the order of `power`: with its chain’s block, the call that was made')

const blockSchema = z
  .strictObject({
    kind: z.literal('block'),
    network: chain,
    number: place,
    hash,
    timestamp: place.describe('Unix seconds'),
  })
  .describe('Where a chain was read: one for each chain')

const formSchema = z
  .strictObject({
    kind: z.literal('form'),
    domain: z.record(z.string(), z.union([z.string(), z.number()])),
    types: z.record(z.string(), z.array(z.strictObject({ name: z.string(), type: z.string() }))),
  })
  .describe('Domain and types that following messages were signed under; messages count them from 0')

const skipSchema = z
  .strictObject({
    kind: z.literal('skip'),
    count: z.int().min(1),
    hashes: z.array(node).min(1).max(110),
  })
  .describe('Log entries of other proposals: the roots of the fewest complete subtrees that cover them')

const scalar = z.union([z.string(), z.number()])
const logged = {
  index: place.describe('Place in the log'),
  acceptedAtMs: place.describe('Milliseconds since 1970'),
  form: place,
  sig: hex,
  signer: address
    .optional()
    .describe('The alias that signed for the author, who linked it in a message before; absent where he did'),
  contract: z
    .strictObject({
      method: z.enum(['erc6492', 'eip1271', 'eip1271-legacy']),
      network: chain,
      block: place,
      blockHash: hash,
    })
    .optional()
    .describe('Where the signer’s contract accepted the signature; absent where a key signed'),
  message: z.record(z.string(), z.union([scalar, z.array(z.string()), z.array(z.number())])),
}

const messageSchema = z
  .strictObject({ kind: z.literal('message'), ...logged })
  .describe(
    'A message that is no ballot: settings in force, the proposal, its edits, its withdrawal, its flag, links of aliases',
  )

const ballotSchema = z
  .strictObject({
    kind: z.literal('ballot'),
    ...logged,
    status: z
      .enum(['counted', 'superseded', 'powerless', 'uncountable'])
      .describe(
        'The first that holds: superseded (the voter voted again), uncountable (of a contract wallet or an alias, where a module counts), powerless, counted',
      ),
    power: z.array(power).max(64).describe('By strategy; empty if superseded'),
  })
  .describe('A ballot, in the place it has in the log')

const resultSchema = z
  .strictObject({
    kind: z.literal('result'),
    scores: z.array(power),
    scoresByStrategy: z.array(z.array(power)).describe('[option][strategy]'),
    total: power,
    ballots: place,
    status: z.enum(['passed', 'rejected', 'quorum-missed']),
    text: sentence,
  })
  .describe('What the ballots come to')

const checkpointSchema = z
  .strictObject({ kind: z.literal('checkpoint'), note: z.string().max(100_000) })
  .describe('The log when the result was made: a C2SP checkpoint')

const endSchema = z
  .strictObject({
    kind: z.literal('end'),
    lines: place.describe('Lines before this one'),
    sha256: hash.describe('Of all bytes before this line'),
    signature: z.string().max(400).describe('A C2SP signature line by the log’s key'),
  })
  .describe('Last line')

/** One line of a bundle. README.md says what follows what, and why. */
export const bundleLineSchema = z.discriminatedUnion('kind', [
  headerSchema,
  proposalSchema,
  ruleSchema,
  strategySchema,
  blockSchema,
  formSchema,
  skipSchema,
  messageSchema,
  ballotSchema,
  resultSchema,
  checkpointSchema,
  endSchema,
])

export type BundleLine = z.output<typeof bundleLineSchema>

/** The lines of one kind. */
export type LineOf<Kind extends BundleLine['kind']> = Extract<BundleLine, { kind: Kind }>

/** How a value of a module's config is written: numbers that may exceed 2^53 as decimal text. */
function fieldSchema(type: string) {
  if (type === 'address') return address
  if (type === 'address[]') return z.array(address)
  if (type === 'bytes') return hex
  if (type === 'bool') return z.boolean()
  if (type === 'string') return z.string()
  return ['uint8', 'uint16', 'uint32'].includes(type) ? place : amount
}
