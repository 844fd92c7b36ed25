import type { BuiltCall } from './call-draft'

/** What calls send of one asset, all together, in its smallest unit. */
export interface SumSent {
  /** Null for the chain's coin. */
  readonly token: { readonly address: string; readonly symbol: string; readonly decimals: number } | null
  readonly units: bigint
}

/** By asset, the coin first. What contracts move when they are called is not known here. */
export function sumsSent(built: readonly BuiltCall[]): readonly SumSent[] {
  const tokens = new Map<string, SumSent>()
  let coins = 0n
  for (const { call, ...rest } of built) {
    if (!call) continue
    coins += call.value
    if (!('token' in rest) || !rest.token) continue
    const { symbol, decimals, units } = rest.token
    const sum = (tokens.get(call.to)?.units ?? 0n) + units
    tokens.set(call.to, { token: { address: call.to, symbol, decimals }, units: sum })
  }
  return [...(coins > 0n ? [{ token: null, units: coins }] : []), ...tokens.values()]
}
