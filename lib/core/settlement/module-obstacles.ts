import { checksumAddress } from '../messages/checksum-address'
import type { SpaceSettings } from '../messages/settings'
import type { HexString } from '../views/hex-string'
import type { ModuleConfig } from './module-config'
import type { PowerSource } from './power-source'
import { strategyToken } from './strategy-token'

/** What was read of a module. */
export interface ReadModule {
  /** EIP-55, like `safe`. */
  readonly address: HexString
  readonly chainId: number
  readonly safe: HexString
  readonly isGenuine: boolean
  readonly isEnabled: boolean
  readonly config: ModuleConfig
  readonly source: PowerSource
}

/** As much of a space as matters here. */
export interface ModuleSpace {
  /** Lower case. */
  readonly id: string
  readonly settings: Pick<SpaceSettings, 'network' | 'strategies' | 'treasuries' | 'voting'>
}

/** How long a registration takes at worst on a slow chain, by the proposals that are taken here. */
export const registrationSeconds = 15

/**
 * Why proposals of a space cannot be settled by a module, whoever makes them: sentences that say what to change. None
 * when they can.
 */
export function moduleObstacles(module: ReadModule, space: ModuleSpace): string[] {
  return [
    ...ofModule(module),
    ...ofTreasury(module, space),
    ...ofPower(module, space),
    ...ofVoting(module, space),
  ]
}

function* ofModule({ address, safe, isGenuine, isEnabled }: ReadModule): Iterable<string> {
  if (!isGenuine) {
    yield `The code of ${address} is not the tally module that is known here: nobody can say what it would do.`
  }
  if (!isEnabled)
    yield `The module ${address} is not enabled on its Safe ${safe}: the Safe's owners can enable it.`
}

function* ofTreasury({ safe, chainId, config }: ReadModule, { id, settings }: ModuleSpace): Iterable<string> {
  const isListed = settings.treasuries?.some(
    ({ address, network }) => checksumAddress(address) === safe && Number(network) === chainId,
  )
  if (!isListed) {
    yield `The module's Safe ${safe} on chain ${chainId} is not a treasury of this space: an admin can add it in its settings.`
  }
  if (config.space !== id) {
    yield `The module settles proposals of the space "${config.space}", and this is "${id}": its Safe can change the module's config.`
  }
}

function* ofPower({ chainId, config, source }: ReadModule, { settings }: ModuleSpace): Iterable<string> {
  const { network, strategies } = settings
  if (Number(network) !== chainId) {
    yield `The module is on chain ${chainId}, and the space reads voting power at blocks of chain ${network}.`
  }
  if (source.kind === 'unknown') {
    yield `The module takes voting power from ${config.powerSource}, which is not a power source that is known here.`
    return
  }
  const wanted = `the delegated votes of the token ${source.token} (strategy erc20-votes)`
  const [strategy, ...others] = strategies
  if (!strategy || others.length > 0) {
    yield `The space adds up ${strategies.length} strategies; the module counts one: ${wanted}.`
    return
  }
  const token = strategy.name === 'erc20-votes' ? strategyToken(strategy.params ?? {}) : undefined
  if (token?.address !== source.token) {
    const named = token ? `the token ${token.address}` : `the strategy ${strategy.name}`
    yield `The space counts votes by ${named}; the module counts ${wanted}.`
    return
  }
  if (Number(strategy.network ?? network) !== chainId) {
    yield `The space reads the token ${token.address} on chain ${strategy.network}, the module on chain ${chainId}.`
  }
  if (token.decimals > 18) {
    yield `The space gives the token ${token.decimals} decimals; a module's votes can be counted exactly up to 18.`
  }
}

function* ofVoting({ config }: ReadModule, { settings }: ModuleSpace): Iterable<string> {
  const { type, period, delay = 0, privacy } = settings.voting ?? {}
  const { minPeriod, maxBackdate } = config
  if (type && type !== 'basic') {
    yield `The space fixes the voting type ${type}; a module counts basic votes, For, Against and Abstain.`
  }
  if (period && period < minPeriod) {
    yield `The space fixes a voting period of ${period} seconds; the module asks for at least ${minPeriod}.`
  } else if (delay) {
    // Without a delay the proposer is free to choose a later start.
    const time = delay + Math.min(maxBackdate, period ? period - minPeriod : maxBackdate)
    if (time < registrationSeconds) {
      yield `The space's voting delay of ${delay} seconds leaves ${time} seconds in which the module takes a proposal: an admin can set none, or a longer one.`
    }
  }
  if (privacy === 'shutter') yield 'The space shields votes; a module counts open ones.'
}
