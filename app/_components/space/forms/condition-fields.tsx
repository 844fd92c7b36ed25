'use client'
import { type ReactNode, useId } from 'react'
import { useInstallation } from '../../installation'
import { Checkbox, Field, Input, Select } from '../../ui/field'
import type { Condition } from './conditions'
import { JsonEditor } from './json-editor'
import { NumberInput } from './number-input'

/** What is called how, whatever a validation says of itself. */
const labels: Readonly<Record<string, string>> = {
  any: 'Anyone',
  basic: 'Whoever has enough votes',
  'passport-gated': 'Whoever has a passport',
  'karma-eas-attestation': 'Whoever holds an attestation',
}

/**
 * A condition on people: which one, and its parameters. `extra` is a choice of its own that no validation makes; while it
 * is chosen, `value` is not asked.
 */
export function ConditionFields({
  legend,
  use,
  value,
  onChange,
  extra,
}: {
  readonly legend: string
  readonly use: 'proposal' | 'vote'
  readonly value: Condition
  readonly onChange: (condition: Condition) => void
  readonly extra?: { readonly label: string; readonly chosen: boolean; readonly choose: () => void }
}) {
  const name = useId()
  const { validations } = useInstallation()
  const offered = validations.filter(({ uses }) => uses.includes(use))
  const chosen = validations.find(({ id }) => id === value.name)
  const isExtra = extra?.chosen ?? false
  return (
    <div className="flex flex-col gap-4">
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 font-medium">{legend}</legend>
        {offered.map(({ id, label, description, unavailable, example }) => (
          <Choice
            key={id}
            group={name}
            label={labels[id] ?? label}
            note={
              unavailable === null
                ? id in labels
                  ? null
                  : description
                : `Not available here: ${unavailable}`
            }
            isOff={unavailable !== null && id !== value.name}
            checked={!isExtra && id === value.name}
            onChoose={() =>
              onChange(id === 'any' ? { name: 'any' } : { name: id, params: start(id, example) })
            }
          />
        ))}
        {!isExtra && !chosen && (
          <Choice
            group={name}
            label={value.name}
            note="Not known to this server."
            checked
            onChoose={() => {}}
          />
        )}
        {extra && <Choice group={name} label={extra.label} checked={extra.chosen} onChoose={extra.choose} />}
      </fieldset>
      {!isExtra && value.name !== 'any' && (
        <ConditionParams
          key={value.name}
          value={value}
          use={use}
          example={chosen?.example}
          onChange={(params) => onChange({ ...value, params })}
        />
      )}
    </div>
  )
}

function Choice({
  group,
  label,
  note = null,
  checked,
  isOff = false,
  onChoose,
}: {
  readonly group: string
  readonly label: string
  readonly note?: ReactNode
  readonly checked: boolean
  readonly isOff?: boolean
  readonly onChoose: () => void
}) {
  const id = useId()
  return (
    <div className={isOff ? 'text-muted' : undefined}>
      <label className="flex items-center gap-2.5">
        <input
          type="radio"
          name={group}
          checked={checked}
          disabled={isOff}
          onChange={onChoose}
          aria-describedby={note ? id : undefined}
          className="size-4.5 shrink-0"
        />
        {label}
      </label>
      {note && (
        <p id={id} className="pl-7 text-muted text-small">
          {note}
        </p>
      )}
    </div>
  )
}

/** Parameters of a condition that people know, as fields; of another as JSON. */
function ConditionParams({
  value: { name, params = {} },
  use,
  example,
  onChange,
}: {
  readonly value: Condition
  readonly use: 'proposal' | 'vote'
  readonly example: Readonly<Record<string, unknown>> | undefined
  readonly onChange: (params: Record<string, unknown>) => void
}) {
  const set = (key: string, next: unknown) => {
    const { [key]: _, ...others } = params
    onChange(next === undefined ? others : { ...others, [key]: next })
  }
  const amount = (key: string) => (typeof params[key] === 'number' ? params[key] : undefined)
  if (name === 'basic') {
    return (
      <>
        <Field label={use === 'proposal' ? 'Votes needed to propose' : 'Votes needed to vote'}>
          <NumberInput value={amount('minScore')} onChange={(score) => set('minScore', score)} />
        </Field>
        {params.strategies !== undefined && (
          <Checkbox
            label="Counted by sources of its own"
            hint="Off: by the space’s own sources."
            checked
            onChange={() => set('strategies', undefined)}
          />
        )}
      </>
    )
  }
  if (name === 'passport-gated') {
    const stamps = Array.isArray(params.stamps) ? params.stamps.map(String) : []
    return (
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Field label="Least score" hint="From 0 to 100.">
          <NumberInput
            value={amount('scoreThreshold')}
            onChange={(threshold) => set('scoreThreshold', threshold)}
          />
        </Field>
        <Field label="Stamps">
          <Select
            value={typeof params.operator === 'string' ? params.operator : 'NONE'}
            onChange={(event) => set('operator', event.target.value)}
          >
            <option value="NONE">The score alone counts</option>
            <option value="AND">All of those listed</option>
            <option value="OR">Any of those listed</option>
          </Select>
        </Field>
        <Field label="Stamps that count" hint="Separated by commas." className="sm:col-span-2">
          <Input
            spellCheck={false}
            defaultValue={stamps.join(', ')}
            onChange={(event) =>
              set(
                'stamps',
                event.target.value
                  .split(',')
                  .map((stamp) => stamp.trim())
                  .filter(Boolean),
              )
            }
          />
        </Field>
      </div>
    )
  }
  if (name === 'karma-eas-attestation') {
    return (
      <Field label="Schema of the attestation" hint="Its id in the Ethereum Attestation Service.">
        <Input
          className="font-mono"
          placeholder="0x…"
          spellCheck={false}
          value={typeof params.schemaId === 'string' ? params.schemaId : ''}
          onChange={(event) => set('schemaId', event.target.value.trim())}
        />
      </Field>
    )
  }
  return <JsonEditor value={params} schema={undefined} example={example} onChange={onChange} />
}

/** What a condition that was just chosen starts with. */
function start(id: string, example: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (id === 'basic') return { minScore: 1 }
  if (id === 'passport-gated') return { scoreThreshold: 20, stamps: [], operator: 'NONE' }
  if (id === 'karma-eas-attestation') return {}
  return { ...example }
}
