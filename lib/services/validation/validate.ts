import type { Address } from 'viem'
import { AppError, refuse } from '../../core/errors'
import type { SpaceSettings } from '../../core/messages/settings'
import { findValidation } from '../../validations/registry'
import type { Validation, ValidationUse } from '../../validations/validation'
import type { Context } from '../context'
import { checkStrategy } from '../power/check-strategy'
import { findBlock, type SnapshotBlock } from '../power/find-block'
import { freezeStrategies } from '../power/frozen-strategy'
import { measurePower, type PowerQuestion } from '../power/measure-power'
import type { PowerReader } from '../power/power-reader'

/** A validation as settings write it. */
export interface ValidationSetting {
  readonly name: string
  readonly params?: Readonly<Record<string, unknown>> | undefined
}

export interface ValidationQuestion {
  readonly validation: ValidationSetting
  /** Checksummed. */
  readonly author: Address
  readonly space: string
  /** The space's chain id in decimal. */
  readonly network: string
  readonly at: SnapshotBlock | 'latest'
  /** What `basic` measures when its parameters name none. */
  readonly strategies: SpaceSettings['strategies']
}

/** What a validation is checked with. With `power` people who are asked about at once share their reads. */
export type ValidationContext = Pick<Context, 'chains' | 'db' | 'fetchPublic' | 'passport'> & {
  readonly power?: PowerReader
}

/**
 * Whether a person meets a validation at a block. Throws `chain_unavailable` while that cannot be known, and `invalid` when
 * the validation is not there, has other parameters, or asks what no contract answers.
 */
export async function validate(
  ctx: ValidationContext,
  { validation: setting, author, network, at, strategies }: ValidationQuestion,
): Promise<boolean> {
  const validation = findValidation(setting.name) ?? refuse('Validation not found')
  const params = readParams(validation, setting)
  const block = await findBlock(ctx, Number(network), at)
  return validation.isMet(
    {
      chains: ctx.chains,
      passport: ctx.passport,
      async measure(named = strategies) {
        const question = { strategies: freezeStrategies({ network }, named), at }
        if (ctx.power) return (await ctx.power.read(keyOf(question), question, author)).total
        const powers = await measurePower(ctx, { ...question, voters: [author] })
        return powers.get(author)?.total ?? 0n
      },
    },
    { author, block, params },
  )
}

/** Refuses a validation that this installation cannot check, in Snapshot's words where there are any. */
export function checkValidation(
  installed: Pick<Context, 'chains' | 'fetchPublic' | 'passport'>,
  setting: ValidationSetting,
  use: ValidationUse,
): void {
  const name = `${use === 'vote' ? 'vote ' : ''}validation '${setting.name}'`
  const validation = findValidation(setting.name) ?? refuse(`${name} is not available`)
  if (!validation.uses.includes(use))
    refuse(`${name} is not available: it is for ${validation.uses.join()}s only`)
  const params = readParams(validation, setting)
  const obstacle = validation.findObstacle?.(installed)
  if (obstacle) refuse(`${name} is not available: ${obstacle}`)
  for (const strategy of validation.strategiesOf?.(params) ?? []) checkStrategy(installed, strategy)
}

function readParams(validation: Validation, { name, params }: ValidationSetting): unknown {
  const parsed = validation.paramsSchema.safeParse(params ?? {})
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const problem = [issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')
  throw new AppError('invalid', { message: `validation '${name}' has wrong params: ${problem}` })
}

function keyOf({ strategies, at }: Pick<PowerQuestion, 'strategies' | 'at'>): string {
  return JSON.stringify([strategies, at === 'latest' ? at : [at.chainId, at.hash]])
}
