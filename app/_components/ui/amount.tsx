'use client'
import { compactAmount, exactAmount, shortAmount } from './format-amount'
import { Tooltip } from './tooltip'

/** A quantity with grouped digits and its unit; when rounded, the exact figure shows on hover and focus. */
export function Amount({
  value,
  symbol,
  decimals = 18,
  compact = false,
}: {
  /** Integer, scaled by 10^decimals. */
  readonly value: bigint | string
  readonly symbol?: string | undefined
  readonly decimals?: number
  readonly compact?: boolean
}) {
  const amount = BigInt(value)
  const exact = exactAmount(amount, decimals)
  const shown = compact ? compactAmount(amount, decimals) : shortAmount(amount, decimals)
  const unit = symbol ? ` ${symbol}` : ''
  const text = (
    <span className="tabular-nums">
      {shown}
      {unit}
    </span>
  )
  if (shown === exact) return text
  return (
    <Tooltip text={`${exact}${unit}`}>
      <button type="button" aria-label={`${exact}${unit}`} className="-my-px cursor-help rounded-[3px] py-px">
        {text}
      </button>
    </Tooltip>
  )
}
