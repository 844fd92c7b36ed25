'use client'
import { useId } from 'react'
import { findVotingSystem, votingSystems } from '../../../lib/core/voting/registry'
import { useInstallation } from '../installation'
import { classNames } from '../ui/class-names'

/** The familiar ones first; a system that is not named here comes last. */
const order = ['basic', 'single-choice', 'approval', 'ranked-choice', 'weighted', 'quadratic', 'copeland']

/** All voting systems in a sentence each, and a worked example of the chosen one. */
export function VotingSystemPicker({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (id: string) => void
}) {
  const name = useId()
  const { votingSystems: served } = useInstallation()
  const chosen = findVotingSystem(value)
  const systems = votingSystems
    .filter(({ id }) => served.includes(id))
    .toSorted((a, b) => place(a.id) - place(b.id))
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">Voting system</legend>
      <div className="grid gap-1.5 sm:grid-cols-2">
        {systems.map((system) => (
          <label
            key={system.id}
            className={classNames(
              'flex gap-3 rounded-control border px-3 py-2',
              system.id === value ? 'border-ink bg-sunken' : 'border-line-strong hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={name}
              checked={system.id === value}
              onChange={() => onChange(system.id)}
              aria-label={system.label}
              aria-describedby={`${name}-${system.id}`}
              className="mt-0.5 size-4.5 shrink-0"
            />
            <span className="min-w-0">
              <span className="block font-medium">{system.label}</span>
              <span id={`${name}-${system.id}`} className="block text-muted text-small">
                {system.description}
              </span>
            </span>
          </label>
        ))}
      </div>
      {chosen && (
        <p className="mt-2 text-small" aria-live="polite">
          <span className="text-muted">Example: </span>
          {chosen.example}
        </p>
      )}
    </fieldset>
  )
}

function place(id: string): number {
  const index = order.indexOf(id)
  return index < 0 ? order.length : index
}
