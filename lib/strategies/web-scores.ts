import { type Address, getAddress, isAddress } from 'viem'
import { z } from 'zod'
import { AppError } from '../core/errors'
import type { PublicRequest } from '../platform/fetch-public'
import type { PowerRequest, Sources } from './strategy'
import { toPower } from './to-power'

/** Voters in one question: a longer list makes a URL that servers refuse. */
const MAX_VOTERS = 150

/** Where a strategy may ask: https, without a password in it. */
export const webAddress = z
  .string()
  .max(2_000)
  .refine(isWebAddress, 'must be a web address that starts with https://')

export function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return protocol === 'https:' && username === '' && password === ''
}

/** Base units as the answer's JSON writes them: a whole number, or text of one. Less than nothing is nothing. */
const units = z
  .union([z.int(), z.string().regex(/^-?(\d{1,78}|0x[0-9a-fA-F]{1,64})$/)])
  .transform((value) => (String(value).startsWith('-') ? 0n : BigInt(value)))

const answerSchema = z.object({
  score: z.array(z.object({ address: z.string(), score: units })).max(100_000),
})

/**
 * What a server says of voters, in the form `{"score": [{"address": "0x…", "score": "1"}]}`. Who is not in its answer has
 * no power. Throws `invalid` where spaces may not send this server to others, `chain_unavailable` when there is no answer
 * in that form.
 */
export async function measureOnWeb(
  { fetchPublic }: Sources,
  { voters, block }: Pick<PowerRequest<unknown>, 'voters' | 'block'>,
  question: {
    readonly id: string
    readonly decimals: number
    /** What to ask about these voters. */
    readonly ask: (voters: readonly Address[]) => PublicRequest
    /** The same for everybody, and asked once. */
    readonly isList?: boolean
  },
): Promise<Map<Address, bigint>> {
  const { id, decimals, ask, isList = false } = question
  if (!fetchPublic) {
    throw new AppError('invalid', {
      message: `Strategy ${id}: this installation does not ask other servers for voting power; its operator can allow it.`,
      details: { unreadable: voters, final: block.final },
    })
  }
  const powers = new Map(voters.map((voter) => [voter, 0n]))
  const size = isList ? Math.max(voters.length, 1) : MAX_VOTERS
  for (let i = 0; i < voters.length; i += size) {
    const request = ask(voters.slice(i, i + size))
    const answer = answerSchema.safeParse(await fetchPublic(request))
    if (!answer.success) {
      throw new AppError('chain_unavailable', {
        message: `${new URL(request.url).host} does not answer with scores.`,
      })
    }
    for (const { address, score } of answer.data.score) {
      if (!isAddress(address, { strict: false })) continue
      const voter = getAddress(address)
      if (powers.has(voter)) powers.set(voter, toPower(score, decimals))
    }
  }
  return powers
}

/** "api.example.org", for sentences. */
export function hostOf(url: string): string {
  return new URL(url).host
}
