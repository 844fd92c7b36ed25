import { type Address, formatUnits } from 'viem'
import { z } from 'zod'
import { AppError } from '../core/errors'
import { amount } from './amount'
import { symbol } from './contract-address'
import { nameVoters } from './expect-answers'
import { compute, MAX_POWER, type Operation, operations } from './math-operations'
import {
  affectedByParts,
  defineNesting,
  demandsOfParts,
  describePart,
  explainZeroOfParts,
  isSmall,
  measurePart,
  type Part,
  partSchema,
  tooLarge,
} from './nest'
import { defineStrategy } from './strategy'

type Operand =
  | { readonly type: 'strategy'; readonly strategy: Part }
  | { readonly type: 'constant'; readonly value: bigint }

const operationNames = Object.keys(operations) as [Operation, ...Operation[]]

/** A calculation on the power by other strategies, voter by voter. */
export const math = defineNesting((findNested) => {
  const part = partSchema(findNested)
  const operand = z.discriminatedUnion('type', [
    z.object({ type: z.literal('strategy'), strategy: part }),
    z.object({ type: z.literal('constant'), value: amount }),
  ])
  const paramsSchema = z
    .object({
      operation: z.enum(operationNames, 'There is no such operation.'),
      operands: z.array(operand).max(3).optional(),
      /** How the first version wrote a single operand. */
      strategy: part.optional(),
      symbol,
    })
    .refine(({ operands, strategy }) => (operands === undefined) !== (strategy === undefined), {
      error: 'Give either `operands` or one `strategy`.',
      abort: true,
    })
    .transform(({ operation, operands, strategy }) => ({
      operation,
      operands: operands ?? (strategy ? [{ type: 'strategy' as const, strategy }] : []),
    }))
    .refine(({ operation, operands }) => operands.length === operations[operation].operands, {
      error: 'The operation takes another number of operands.',
      path: ['operands'],
    })
    .refine(({ operands }) => isSmall(partsOf(operands)), tooLarge)

  return defineStrategy({
    id: 'math',
    version: 1,
    label: 'Calculation',
    paramsSchema,
    example: {
      operation: 'square-root',
      operands: [
        {
          type: 'strategy',
          strategy: {
            name: 'erc20-balance-of',
            params: { address: '0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984', symbol: 'UNI', decimals: 18 },
          },
        },
      ],
    },
    describe: ({ operation, operands }) => operations[operation].say(operands.map(describeOperand)),
    explainZero: ({ operands }) => `A calculation gave 0. ${explainZeroOfParts(partsOf(operands))}`.trimEnd(),
    demands: ({ operands }) => demandsOfParts(partsOf(operands)),
    async measure(ctx, request) {
      const { voters, block, params } = request
      const values = await Promise.all(
        params.operands.map((item) =>
          item.type === 'constant'
            ? new Map(voters.map((voter) => [voter, item.value]))
            : measurePart(ctx, item.strategy, request),
        ),
      )
      const powers = new Map<Address, bigint>()
      const unreadable: Address[] = []
      for (const voter of voters) {
        const power = compute(
          params.operation,
          values.map((value) => value.get(voter) ?? 0n),
        )
        if (power === undefined || power > MAX_POWER) unreadable.push(voter)
        else powers.set(voter, power)
      }
      if (unreadable.length === 0) return powers
      throw new AppError('invalid', {
        message: `Strategy math: '${params.operation}' has no result that could be counted for ${nameVoters(unreadable)}.`,
        details: { unreadable, final: block.final },
      })
    },
    listAffected: (ctx, request) => affectedByParts(ctx, partsOf(request.params.operands), request),
  })
})

function partsOf(operands: readonly Operand[]): Part[] {
  return operands.flatMap((operand) => (operand.type === 'strategy' ? operand.strategy : []))
}

function describeOperand(operand: Operand): string {
  return operand.type === 'constant' ? formatUnits(operand.value, 18) : `[${describePart(operand.strategy)}]`
}
