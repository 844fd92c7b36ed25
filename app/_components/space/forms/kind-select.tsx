'use client'
import { useInstallation } from '../../installation'
import { Select } from '../../ui/field'
import { sourceForm, sourceGroups } from './source-forms'

/** All sources by what they count; those that this server cannot read stay visible and cannot be chosen. */
export function KindSelect({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (id: string) => void
}) {
  const { strategies } = useInstallation()
  return (
    <Select value={value} onChange={(event) => onChange(event.target.value)}>
      {!strategies.some(({ id }) => id === value) && (
        <option value={value}>{value} (not available here)</option>
      )}
      {sourceGroups.map((group) => {
        const members = strategies.filter(({ id }) => sourceForm(id).group === group)
        if (members.length === 0) return null
        return (
          <optgroup key={group} label={group}>
            {members.map(({ id, label, unavailable }) => (
              <option key={id} value={id} disabled={unavailable !== null && id !== value}>
                {unavailable === null ? label : `${label} (not available here: ${unavailable})`}
              </option>
            ))}
          </optgroup>
        )
      })}
    </Select>
  )
}
