'use client'
import { useState } from 'react'
import { Field, Textarea } from '../../ui/field'
import { readWeights } from './read-weights'

/** Addresses with a number of votes each, one a line. */
export function WeightList({
  label,
  hint,
  value,
  onChange,
}: {
  readonly label: string
  readonly hint: string | undefined
  readonly value: unknown
  readonly onChange: (weights: Readonly<Record<string, number>>) => void
}) {
  const [text, setText] = useState(() =>
    Object.entries(typeof value === 'object' && value !== null ? value : {})
      .map(([address, votes]) => (Number.isFinite(votes) ? `${address} ${votes}` : address))
      .join('\n'),
  )
  const { wrong } = readWeights(text)
  return (
    <Field
      className="break-words"
      label={label}
      hint={hint}
      error={
        wrong && `“${wrong}” is not an address and a number of votes, or the address’s checksum is wrong.`
      }
    >
      <Textarea
        rows={Math.min(8, Math.max(2, text.split('\n').length + 1))}
        className="font-mono text-small"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          onChange(readWeights(event.target.value).weights)
        }}
      />
    </Field>
  )
}
