import type { BlockRef } from '../../chain/blocks'
import { refuse } from '../../core/errors'
import type { ModuleConfig } from '../../core/settlement/module-config'
import { registrationSeconds } from '../../core/settlement/module-obstacles'
import { unixSeconds } from '../../platform/clock'
import type { IngestContext } from '../rule'
import type { CheckedProposal } from './asked-execution'

/** A vote that is long enough, and not too old, when the module hears of it: by this clock or its chain's, the later. */
export function checkModulePeriod(
  ctx: IngestContext,
  { payload: { start, end } }: CheckedProposal,
  { config, head }: { readonly config: ModuleConfig; readonly head: BlockRef },
): void {
  const registered = Math.max(unixSeconds(ctx.clock), head.timestamp) + registrationSeconds
  const { minPeriod, maxBackdate } = config
  if (end - start < minPeriod) {
    refuse(`The vote lasts ${end - start} seconds; the module asks for at least ${minPeriod}.`)
  }
  if (end - registered < minPeriod) {
    refuse(
      `The module asks for ${minPeriod} seconds of voting after the registration, which takes up to ${registrationSeconds}: sign an end of ${registered + minPeriod} or later.`,
    )
  }
  if (start + maxBackdate < registered) {
    refuse(
      `The module takes a start at most ${maxBackdate} seconds before the registration, which takes up to ${registrationSeconds}: sign a start of ${registered - maxBackdate} or later.`,
    )
  }
}
