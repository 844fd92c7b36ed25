'use client'
import { useState } from 'react'
import { isAddress } from 'viem'
import { Field, Textarea } from '../../ui/field'

/** Addresses, one a line. */
export function AddressList({
  label,
  hint,
  value,
  onChange,
}: {
  readonly label: string
  readonly hint?: string
  readonly value: readonly string[]
  readonly onChange: (addresses: `0x${string}`[]) => void
}) {
  const [text, setText] = useState(value.join('\n'))
  const lines = text.split(/[\s,]+/).filter(Boolean)
  const wrong = lines.find((line) => !isAddress(line))
  return (
    <Field
      className="break-words"
      label={label}
      hint={hint ?? 'One address a line.'}
      error={wrong ? `${wrong} is not an address, or its checksum is wrong.` : null}
    >
      <Textarea
        rows={Math.min(8, Math.max(2, lines.length + 1))}
        className="font-mono text-small"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          onChange(event.target.value.split(/[\s,]+/).filter(Boolean) as `0x${string}`[])
        }}
      />
    </Field>
  )
}
