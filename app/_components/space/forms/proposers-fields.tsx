'use client'
import { useId } from 'react'
import type { SpaceSettings } from '../../../../lib/core/messages/settings'
import { Field } from '../../ui/field'
import { AddressList } from './address-list'
import { NumberInput } from './number-input'
import type { SubjectProps } from './subject'

type Gate = 'anyone' | 'votes' | 'members'

export function ProposersFields({ settings, onChange }: SubjectProps) {
  const name = useId()
  const least = minScoreOf(settings)
  const gate: Gate = settings.filters?.onlyMembers ? 'members' : least === undefined ? 'anyone' : 'votes'

  function choose(next: Gate, minScore?: number | undefined) {
    const { onlyMembers: _, minScore: __, ...filters } = settings.filters ?? {}
    const { validation: ___, ...rest } = settings
    onChange({
      ...rest,
      filters: next === 'members' ? { ...filters, onlyMembers: true } : filters,
      ...(next === 'votes' && { validation: { name: 'basic', params: { minScore: minScore ?? 1 } } }),
    })
  }

  const options: readonly (readonly [Gate, string])[] = [
    ['anyone', 'Anyone'],
    ['votes', 'Whoever has enough votes'],
    ['members', 'Members only'],
  ]
  return (
    <div className="flex flex-col gap-4">
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 font-medium">Who may propose</legend>
        {options.map(([id, label]) => (
          <label key={id} className="flex items-center gap-2.5">
            <input
              type="radio"
              name={name}
              checked={gate === id}
              onChange={() => choose(id)}
              className="size-4.5"
            />
            {label}
          </label>
        ))}
      </fieldset>
      {gate === 'votes' && (
        <Field label="Votes needed to propose">
          <NumberInput value={least} onChange={(value) => choose('votes', value ?? 0)} />
        </Field>
      )}
      <AddressList
        label="Members"
        hint="May always propose. One address a line."
        value={settings.members ?? []}
        onChange={(members) => onChange({ ...settings, members })}
      />
    </div>
  )
}

function minScoreOf({ validation, filters }: SpaceSettings): number | undefined {
  if (validation?.name === 'any') return undefined
  const score = validation?.params?.minScore ?? filters?.minScore
  return typeof score === 'number' ? score : undefined
}
