import { z } from 'zod'
import { AppError } from '../core/errors'
import { secondsOf } from '../platform/clock'
import { defineValidation, type PassportScorer } from './validation'

const scoreSchema = z.object({ score: z.coerce.number().nullable() })
const stampsSchema = z.object({
  items: z.array(
    z.object({
      credential: z.object({
        issuanceDate: z.string(),
        expirationDate: z.string(),
        credentialSubject: z.object({ provider: z.string() }),
      }),
    }),
  ),
})
const kindsSchema = z.array(
  z.object({
    id: z.string(),
    groups: z.array(z.object({ stamps: z.array(z.object({ name: z.string() })) })),
  }),
)

/** A passport of Human Passport (once Gitcoin's): of a score, with stamps that were valid at the block. */
export const passportGated = defineValidation({
  id: 'passport-gated',
  version: 1,
  label: 'Human Passport',
  description: 'Whoever has a passport of the given score, and the given stamps, may.',
  uses: ['proposal', 'vote'],
  paramsSchema: z
    .strictObject({
      /** 0 asks for no score. */
      scoreThreshold: z.number().min(0).max(100).default(0),
      /** Kinds of stamp, as the scorer names them. */
      stamps: z.array(z.string().min(1).max(64)).max(100).default([]),
      /** Whether all of them are needed, or one. */
      operator: z.enum(['NONE', 'AND', 'OR']).default('NONE'),
    })
    .refine(({ stamps, operator }) => stamps.length === 0 || operator !== 'NONE', {
      error: 'Say whether all stamps are needed (AND) or one of them (OR).',
      path: ['operator'],
    })
    .refine(({ scoreThreshold, stamps }) => scoreThreshold > 0 || stamps.length > 0, {
      error: 'Ask for a score, or for stamps.',
      path: ['scoreThreshold'],
    }),
  example: { scoreThreshold: 20, stamps: ['Google', 'Github'], operator: 'OR' },
  findObstacle: ({ passport }) => (passport ? undefined : 'this installation asks no scorer of passports'),
  async isMet({ passport }, { author, block, params }) {
    const { scoreThreshold, stamps, operator } = params
    if (!passport)
      throw new AppError('invalid', { message: 'This installation asks no scorer of passports.' })
    if (stamps.length > 0) {
      const held = await listStamps(passport, author, block.timestamp)
      const kinds = await readKinds(passport)
      const hasStamp = (stamp: string) => {
        const names = kinds.get(stamp)
        if (names) return names.some((name) => held.has(name))
        throw new AppError('invalid', { message: `The scorer of passports knows no stamp ${stamp}.` })
      }
      if (!(operator === 'AND' ? stamps.every(hasStamp) : stamps.some(hasStamp))) return false
    }
    if (scoreThreshold === 0) return true
    const { score } = await ask(passport, scoreSchema, `${passport.url}/score/${author}`)
    return (score ?? 0) >= scoreThreshold
  },
})

/** Credentials that were issued by then and had not expired, by name. */
async function listStamps(scorer: PassportScorer, author: string, time: number): Promise<Set<string>> {
  const { items } = await ask(scorer, stampsSchema, `${baseOf(scorer)}/${author}`)
  const valid = items.filter(
    ({ credential: { issuanceDate, expirationDate } }) =>
      secondsOf(new Date(issuanceDate)) <= time && secondsOf(new Date(expirationDate)) >= time,
  )
  return new Set(valid.map(({ credential }) => credential.credentialSubject.provider))
}

/** By the kind of a stamp, the credentials that each give it. */
async function readKinds(scorer: PassportScorer): Promise<Map<string, string[]>> {
  const kinds = await ask(scorer, kindsSchema, `${baseOf(scorer)}/metadata`)
  return new Map(
    kinds.map(({ id, groups }) => [id, groups.flatMap(({ stamps }) => stamps.map(({ name }) => name))]),
  )
}

async function ask<Answer>(scorer: PassportScorer, schema: z.ZodType<Answer>, url: string): Promise<Answer> {
  const answer = schema.safeParse(await scorer.fetch({ url }))
  if (answer.success) return answer.data
  throw new AppError('chain_unavailable', {
    message: `${new URL(url).host} does not answer as a scorer of passports.`,
  })
}

/** Of all scorers. */
function baseOf({ url }: PassportScorer): string {
  return url.slice(0, url.lastIndexOf('/'))
}
