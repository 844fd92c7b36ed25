import { type ModuleConfig, moduleConfigParameter } from '../settlement/module-config'
import type { LineOf } from './bundle-line'

/** What decides a module proposal, as a bundle states it. */
export type StatedModule = NonNullable<LineOf<'rule'>['module']>

/** `total` is all power at the timepoint, in the token's smallest unit. */
export function stateModule(config: ModuleConfig, total: bigint): StatedModule {
  return { config: writeModuleConfig(config), total: total.toString() }
}

/** A module's config as a bundle holds it: what may exceed 2^53 as decimal text. */
export function writeModuleConfig(
  config: ModuleConfig,
): Record<string, string | number | boolean | string[]> {
  return JSON.parse(
    JSON.stringify(config, (_, value) => (typeof value === 'bigint' ? value.toString() : value)),
  )
}

/** The inverse of `writeModuleConfig`, of values that the bundle's schema accepts. */
export function readModuleConfig(json: Readonly<Record<string, unknown>>): ModuleConfig {
  const isBig = (type: string) => ['uint64', 'uint128'].includes(type)
  const fields = moduleConfigParameter.components.map(({ name, type }) => {
    const value = json[name]
    return [name, isBig(type) ? BigInt(String(value)) : value]
  })
  return Object.fromEntries(fields) as ModuleConfig
}
