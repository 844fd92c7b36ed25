import type { Address } from 'viem'
import { z } from 'zod'
import { network as chainIdText } from '../core/messages/payload-fields'
import {
  type Demands,
  demandsOf,
  findBlockOn,
  type PowerRequest,
  type Sources,
  type Strategy,
} from './strategy'

/** In one list. */
const MAX_PARTS = 8
/** In a strategy and all that it is made of: each may be a read for every voter. */
const MAX_SIZE = 16

/** The strategy of that id as it may stand inside another; undefined when there is none, or it would be too deep. */
export type FindNested = (id: string) => Strategy | undefined

/** A strategy inside another. */
export interface Part {
  readonly strategy: Strategy
  /** The outer one's chain when undefined. */
  readonly chainId: number | undefined
  readonly params: unknown
}

/** Ties together the id and parameter type of a strategy that is made of others. */
export function defineNesting<const Id extends string, Params>(
  make: (findNested: FindNested) => Strategy<Id, Params>,
): (findNested: FindNested) => Strategy<Id, Params> {
  return make
}

/** A chain id as settings write it, or as a number. */
export const network = z.union([chainIdText, z.int().positive()], 'must be a chain id').transform(Number)

/** A strategy as Snapshot writes it inside of another. */
export const partSchema = (findNested: FindNested) =>
  z
    .object({
      name: z.string().max(64),
      network: network.optional(),
      params: z.record(z.string(), z.unknown()).default({}),
    })
    .transform(({ name, network: chainId, params }, context): Part => {
      const strategy = findNested(name)
      if (!strategy) {
        context.addIssue({
          code: 'custom',
          path: ['name'],
          message: `No strategy '${name}' can stand here: there is none, or it is nested too deep.`,
        })
        return z.NEVER
      }
      const read = strategy.paramsSchema.safeParse(params)
      for (const { path, message } of read.error?.issues ?? []) {
        context.addIssue({ code: 'custom', path: ['params', ...path], message })
      }
      return { strategy, chainId, params: read.data }
    })

/** Strategies whose powers are added up, under the bounds of how many there may be. */
export const partsSchema = (findNested: FindNested) =>
  z
    .array(partSchema(findNested))
    .min(1, 'Name at least one strategy.')
    .max(MAX_PARTS, `At most ${MAX_PARTS} strategies can be nested side by side.`)
    .refine(isSmall, tooLarge)

/** Whether these, with all that they are made of, are few enough. */
export function isSmall(parts: readonly Part[]): boolean {
  return demandsOfParts(parts).size <= MAX_SIZE
}

export const tooLarge = `At most ${MAX_SIZE - 1} strategies can be nested in one, at all levels together.`

/** What a strategy takes that is made of these. */
export function demandsOfParts(parts: readonly Part[]): Demands {
  const all = parts.map(({ strategy, params }) => demandsOf(strategy, params))
  const own = parts.flatMap(({ chainId }) => chainId ?? [])
  return {
    chains: [...new Set([...own, ...all.flatMap(({ chains }) => chains)])],
    ballots: all.some(({ ballots }) => ballots),
    web: all.reduce((sum, { web }) => sum + web, 0),
    size: all.reduce((sum, { size }) => sum + size, 1),
  }
}

export type PartRequest = Omit<PowerRequest<unknown>, 'params'>

/** Power by one strategy, at its own chain's block of the same time. */
export async function measurePart(
  ctx: Sources,
  { strategy, chainId, params }: Part,
  request: PartRequest,
): Promise<Map<Address, bigint>> {
  if (request.voters.length === 0) return new Map()
  return strategy.measure(ctx, { ...request, block: await findBlockOn(ctx, request, chainId), params })
}

/** Power by all of them together. */
export async function sumParts(
  ctx: Sources,
  parts: readonly Part[],
  request: PartRequest,
): Promise<Map<Address, bigint>> {
  const powers = await Promise.all(parts.map((part) => measurePart(ctx, part, request)))
  const sumOf = (voter: Address) => powers.reduce((sum, power) => sum + (power.get(voter) ?? 0n), 0n)
  return new Map(request.voters.map((voter) => [voter, sumOf(voter)]))
}

/** Whose power by one of them changes when these accounts vote; as `Strategy.listAffected`. */
export async function affectedByParts(
  ctx: Sources,
  parts: readonly Part[],
  request: Omit<PartRequest, 'ballots'>,
): Promise<Set<Address>> {
  const affected = new Set<Address>()
  for (const { strategy, chainId, params } of parts) {
    if (!demandsOf(strategy, params).ballots) continue
    const block = await findBlockOn(ctx, request, chainId)
    for (const account of (await strategy.listAffected?.(ctx, { ...request, block, params })) ?? [])
      affected.add(account)
  }
  return affected
}

/** "Balance of … (on chain 137), plus …" */
export function describeParts(parts: readonly Part[], between = ', plus '): string {
  return parts.map(describePart).join(between)
}

export function describePart({ strategy, chainId, params }: Part): string {
  const text = strategy.describe(params)
  return chainId === undefined ? text : `${text} (chain ${chainId})`
}

/** Why each of them may give a voter nothing. */
export function explainZeroOfParts(parts: readonly Part[]): string {
  return [...new Set(parts.map(({ strategy, params }) => strategy.explainZero(params)))].join(' ')
}
