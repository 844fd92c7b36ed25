'use client'
import type { BallotProps } from './ballot-props'
import { OptionRow } from './option-row'

/** Any number of options, none included: an empty ballot counts as taking part. */
export function MultipleBallot({ options, value, onChange, disabled = false }: BallotProps) {
  const chosen = Array.isArray(value) ? (value as readonly number[]) : []
  return (
    <fieldset disabled={disabled} tabIndex={-1} className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-muted text-small">
        Choose as many as you like. Each one you choose gets your full power.
      </legend>
      {options.map((option, index) => {
        const number = index + 1
        const checked = chosen.includes(number)
        return (
          <OptionRow key={option} chosen={checked}>
            <input
              type="checkbox"
              checked={checked}
              onChange={() =>
                onChange(
                  checked
                    ? chosen.filter((other) => other !== number)
                    : [...chosen, number].sort((a, b) => a - b),
                )
              }
              className="size-4.5 shrink-0"
            />
            <bdi className="min-w-0 break-words">{option}</bdi>
          </OptionRow>
        )
      })}
    </fieldset>
  )
}
