'use client'
import { useState } from 'react'
import { Input } from '../../ui/field'

/** A number that may be absent; keeps what is typed while it is not one yet. */
export function NumberInput({
  value,
  onChange,
  placeholder,
}: {
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
  readonly placeholder?: string
}) {
  const [text, setText] = useState(value === undefined ? '' : String(value))
  return (
    <Input
      inputMode="decimal"
      placeholder={placeholder}
      value={text}
      onChange={(event) => {
        const typed = event.target.value
        setText(typed)
        const plain = typed.trim().replace(/,/g, '')
        onChange(plain === '' ? undefined : Number(plain))
      }}
    />
  )
}
