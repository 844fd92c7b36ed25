'use client'
import { Checkbox, Field, Input } from '../../ui/field'
import { AddressList } from './address-list'
import { NumberInput } from './number-input'
import type { ParamField } from './source-forms'
import { WeightList } from './weight-list'

/** One parameter of a source of votes, as its kind asks for it; sources inside a source are a list's affair. `onChange` gets undefined when it is taken away. */
export function ParamInput({
  field: { kind, label, hint, placeholder },
  value,
  onChange,
}: {
  readonly field: ParamField
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}) {
  switch (kind) {
    case 'people':
      return (
        <div className="sm:col-span-2">
          <AddressList
            label={label}
            value={Array.isArray(value) ? value.map(String) : []}
            onChange={onChange}
          />
        </div>
      )
    case 'weights':
      return (
        <div className="sm:col-span-2">
          <WeightList label={label} hint={hint} value={value} onChange={onChange} />
        </div>
      )
    case 'flag':
      return (
        <Checkbox
          label={label}
          hint={hint}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked || undefined)}
        />
      )
    case 'number':
      return (
        <Field label={label} hint={hint}>
          <NumberInput
            value={typeof value === 'number' ? value : undefined}
            onChange={onChange}
            {...(placeholder && { placeholder })}
          />
        </Field>
      )
    default:
      return (
        <Field label={label} hint={hint} className={kind === 'text' ? '' : 'sm:col-span-2'}>
          <Input
            className={kind === 'text' ? '' : 'font-mono'}
            placeholder={kind === 'address' ? '0x…' : placeholder}
            spellCheck={false}
            value={value === undefined ? '' : String(value)}
            onChange={(event) => onChange(kind === 'text' ? event.target.value : event.target.value.trim())}
          />
        </Field>
      )
  }
}
