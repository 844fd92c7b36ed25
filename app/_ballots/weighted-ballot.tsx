'use client'
import { Minus, Plus } from 'lucide-react'
import { useId } from 'react'
import { Bar } from '../_components/ui/bar'
import type { BallotProps } from './ballot-props'

/** Parts of one's power for each option; only their proportions matter. */
export function WeightedBallot({ options, value, onChange, disabled = false }: BallotProps) {
  const id = useId()
  const weights =
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Readonly<Record<string, number>>)
      : {}
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0)

  function set(option: number, weight: number) {
    const valid = Number.isFinite(weight) && weight > 0 ? Math.min(weight, 1e9) : 0
    const { [option]: _, ...others } = weights
    const next = valid > 0 ? { ...others, [option]: valid } : others
    onChange(Object.keys(next).length > 0 ? next : null)
  }

  return (
    <fieldset disabled={disabled} tabIndex={-1} className="min-w-0">
      <legend className="mb-1.5 text-muted text-small">
        Give parts to one or more options. Only the proportions count.
      </legend>
      <ul className="flex flex-col gap-2.5">
        {options.map((option, index) => {
          const number = index + 1
          const weight = weights[number] ?? 0
          const share = sum > 0 ? (weight / sum) * 100 : 0
          return (
            <li key={option}>
              <div className="flex items-center gap-1.5">
                <label htmlFor={`${id}-${number}`} className="min-w-0 flex-1 break-words">
                  <bdi>{option}</bdi>
                </label>
                <span className="w-14 shrink-0 text-right text-muted text-small tabular-nums">
                  {share.toFixed(1)}%
                </span>
                <Step label={`Less for ${option}`} onClick={() => set(number, weight - 1)}>
                  <Minus aria-hidden className="size-4" />
                </Step>
                <input
                  id={`${id}-${number}`}
                  type="number"
                  inputMode="decimal"
                  min={0}
                  step="any"
                  value={weight === 0 ? '' : weight}
                  placeholder="0"
                  onChange={(event) => set(number, event.target.valueAsNumber)}
                  className="h-8 w-14 shrink-0 rounded-[4px] border border-line-strong bg-raised text-center tabular-nums [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none"
                />
                <Step label={`More for ${option}`} onClick={() => set(number, weight + 1)}>
                  <Plus aria-hidden className="size-4" />
                </Step>
              </div>
              <div className="mt-1">
                <Bar thin permille={share * 10} colour="bg-neutral-10" />
              </div>
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}

function Step({
  label,
  onClick,
  children,
}: {
  readonly label: string
  readonly onClick: () => void
  readonly children: React.ReactNode
}) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="flex size-8 shrink-0 items-center justify-center rounded-[4px] border hover:bg-hover"
    >
      {children}
    </button>
  )
}
