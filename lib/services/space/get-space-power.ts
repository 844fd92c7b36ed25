import type { Address } from 'viem'
import { fetchBlock } from '../../chain/blocks'
import type { PowerView } from '../../core/views/proposal-view'
import type { Context } from '../context'
import { freezeStrategies } from '../power/frozen-strategy'
import { viewPower } from '../proposal/view-power'
import { getSpaceRow } from './get-space-row'
import { settingsOf } from './settings-of'

/** A voter's power in a space at the newest block. Throws `not_found`, `gone` and `chain_unavailable`. */
export async function getSpacePower(ctx: Context, id: string, voter: Address): Promise<PowerView> {
  const settings = settingsOf(await getSpaceRow(ctx, id))
  const at = await fetchBlock(ctx.chains, Number(settings.network), 'latest')
  return viewPower(ctx, { strategies: freezeStrategies(settings, settings.strategies), at, voter })
}
