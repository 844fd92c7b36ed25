import { tallyCheckerAbi } from '../../chain/abi/tally-checker'
import { tallyModuleAbi } from '../../chain/abi/tally-module'
import { votesPowerSourceAbi } from '../../chain/abi/votes-power-source'

const errorsOf = <Item extends { readonly type: string }>(abi: readonly Item[]) =>
  abi.filter((item): item is Extract<Item, { readonly type: 'error' }> => item.type === 'error')

/** A tally module, and all that it reverts with: its own errors, its checker's, and those of our power source. */
export const moduleAbi = [
  ...tallyModuleAbi,
  ...errorsOf(tallyCheckerAbi),
  ...errorsOf(votesPowerSourceAbi),
] as const
