'use client'
import { useInstallation } from '../../installation'
import { Select } from '../../ui/field'

/** One of the chains this server reads; a value it does not read stays visible. */
export function NetworkSelect({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (network: string) => void
}) {
  const { chains } = useInstallation()
  return (
    <Select value={value} onChange={(event) => onChange(event.target.value)}>
      {!chains.some(({ id }) => String(id) === value) && (
        <option value={value}>chain {value} (not read here)</option>
      )}
      {chains.map(({ id, name }) => (
        <option key={id} value={String(id)}>
          {name}
        </option>
      ))}
    </Select>
  )
}
