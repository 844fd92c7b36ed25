'use client'
import type { StrategyView } from '../../../lib/core/views/proposal-view'
import { useInstallation } from '../installation'
import { AddressedText } from '../ui/addressed-text'

/** Where votes come from, one line a source. */
export function StrategyList({ strategies }: { readonly strategies: readonly StrategyView[] }) {
  const { chainName } = useInstallation()
  return (
    <ul className="flex flex-col gap-2.5">
      {strategies.map((strategy, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a strategy may be listed twice, its position is fixed
        <li key={index}>
          <p>
            <AddressedText text={strategy.description} plain />
          </p>
          <p className="text-muted text-small">
            {strategy.label} · {strategy.id}@{strategy.version} · {chainName(strategy.chainId)}
          </p>
        </li>
      ))}
    </ul>
  )
}
