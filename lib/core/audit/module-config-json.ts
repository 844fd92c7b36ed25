import { type ModuleConfig, moduleConfigParameter } from '../settlement/module-config'

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
