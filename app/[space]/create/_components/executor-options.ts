import type { HexString } from '../../../../lib/core/views/hex-string'
import type { SafeAccountView, TallyModuleView } from '../../../../lib/core/views/treasury-view'

/** A way to have a proposal's calls made. `obstacles` are sentences; with any it cannot be chosen. */
export type ExecutorOption =
  | {
      readonly kind: 'signers'
      readonly id: 'safe-signers'
      /** Null while unknown. */
      readonly owners: number | null
      readonly threshold: number
      readonly obstacles: readonly string[]
    }
  | {
      readonly kind: 'module'
      /** The module's address, or `none`. */
      readonly id: HexString | 'none'
      readonly tally: TallyModuleView | null
      readonly obstacles: readonly string[]
    }

/** A module that can settle the proposal. */
export interface ModuleChoice {
  readonly address: HexString
  readonly tally: TallyModuleView & { readonly clock: 'block-number' | 'timestamp' }
}

const none = (obstacle: string): ExecutorOption => ({
  kind: 'module',
  id: 'none',
  tally: null,
  obstacles: [obstacle],
})

/**
 * Who can execute for a treasury, tally modules first. `account` is undefined when the answer has no such treasury,
 * null when there was no answer.
 */
export function executorOptions(account: SafeAccountView | null | undefined): readonly ExecutorOption[] {
  const isRead = account && account.problem === null
  const signers: ExecutorOption = {
    kind: 'signers',
    id: 'safe-signers',
    owners: isRead ? account.owners.length : null,
    threshold: isRead ? account.threshold : 0,
    obstacles: [],
  }
  if (account === null) {
    return [none('Whether this Safe has a tally module could not be found out.'), signers]
  }
  if (account === undefined) {
    return [none('This Safe is not among the treasuries that the server has read.'), signers]
  }
  if (account.problem !== null) return [none(account.problem), signers]
  const modules = account.modules.flatMap(({ address, tally }): readonly ExecutorOption[] => {
    if (!tally) return []
    const mute =
      tally.clock === null && tally.obstacles.length === 0 ? ['Its power source does not answer.'] : []
    return [{ kind: 'module', id: address, tally, obstacles: [...tally.obstacles, ...mute] }]
  })
  return [...(modules.length > 0 ? modules : [none('No tally module is enabled on this Safe.')]), signers]
}

/** What was chosen, where it is on offer; else a module that can, else the owners. */
export function chosenExecutor(
  options: readonly ExecutorOption[],
  wanted: string,
): ExecutorOption | undefined {
  const isFree = ({ obstacles }: ExecutorOption) => obstacles.length === 0
  return options.find(({ id }) => id === wanted) ?? options.find(isFree)
}

/** The module of an option that can settle; null for owners, and for a module that cannot. */
export function moduleOf(option: ExecutorOption | undefined): ModuleChoice | null {
  if (option?.kind !== 'module' || option.id === 'none' || option.obstacles.length > 0) return null
  const { tally, id } = option
  return tally?.clock ? { address: id, tally: { ...tally, clock: tally.clock } } : null
}
