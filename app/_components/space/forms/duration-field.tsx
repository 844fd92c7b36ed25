'use client'
import { useState } from 'react'
import { Field, Input, Select } from '../../ui/field'

const units = [
  ['minutes', 60],
  ['hours', 3600],
  ['days', 86_400],
] as const

/** A length of time in seconds, typed in a unit of choice; empty means none. */
export function DurationField({
  label,
  hint,
  value,
  onChange,
}: {
  readonly label: string
  readonly hint: string
  readonly value: number | undefined
  readonly onChange: (seconds: number | undefined) => void
}) {
  const [unit, setUnit] = useState<number>(
    () => units.findLast(([, size]) => value && value % size === 0)?.[1] ?? 86_400,
  )
  const [text, setText] = useState(value ? String(value / unit) : '')
  const emit = (typed: string, size: number) => {
    const count = Number(typed)
    onChange(typed.trim() === '' || count === 0 ? undefined : Math.round(count * size))
  }
  return (
    <div className="flex items-start gap-2">
      <Field label={label} hint={hint} className="flex-1">
        <Input
          inputMode="decimal"
          placeholder="Not set"
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            emit(event.target.value, unit)
          }}
        />
      </Field>
      <Field label={`Unit of ${label.toLowerCase()}`} labelHidden className="mt-6.5 w-28">
        <Select
          value={unit}
          onChange={(event) => {
            setUnit(Number(event.target.value))
            emit(text, Number(event.target.value))
          }}
        >
          {units.map(([name, size]) => (
            <option key={name} value={size}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  )
}
