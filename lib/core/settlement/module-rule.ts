import type { DecisionRule } from '../proposal/rule'
import type { ModuleConfig } from './module-config'

/** The options that take part in a config's quorum: 1 For, 2 Against, 3 Abstain. */
export function quorumOptions({ quorumChoices }: Pick<ModuleConfig, 'quorumChoices'>): number[] {
  return [1, 2, 3].filter((option) => quorumChoices & (1 << (option - 1)))
}

/**
 * What a module decides by, as a rule of ours: more For than Against, and `quorumBps` hundredths of a percent of all
 * power, rounded up to the token's smallest unit, in the options that count. `total` is all power at the timepoint in
 * that unit, `decimals` (at most 18) the token's.
 */
export function moduleRule(
  config: Pick<ModuleConfig, 'quorumBps' | 'quorumChoices'>,
  total: bigint,
  decimals: number,
): DecisionRule {
  const needed = (total * BigInt(config.quorumBps) + 9_999n) / 10_000n
  const required = (needed * 10n ** BigInt(18 - decimals)).toString()
  return { kind: 'majority', quorum: { required, counted: quorumOptions(config) } }
}
