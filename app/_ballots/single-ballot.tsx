'use client'
import { useId } from 'react'
import type { BallotProps } from './ballot-props'
import { OptionRow } from './option-row'

/** One option of several. */
export function SingleBallot({ options, value, onChange, disabled = false }: BallotProps) {
  const name = useId()
  return (
    <fieldset disabled={disabled} tabIndex={-1} className="flex min-w-0 flex-col gap-1.5">
      <legend className="sr-only">Choose one option</legend>
      {options.map((option, index) => (
        <OptionRow key={option} chosen={value === index + 1}>
          <input
            type="radio"
            name={name}
            checked={value === index + 1}
            onChange={() => onChange(index + 1)}
            className="size-4.5 shrink-0"
          />
          <bdi className="min-w-0 break-words">{option}</bdi>
        </OptionRow>
      ))}
    </fieldset>
  )
}
