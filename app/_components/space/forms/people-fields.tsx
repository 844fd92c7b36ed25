'use client'
import { AddressList } from './address-list'
import type { SubjectProps } from './subject'

export function PeopleFields({ settings, onChange }: SubjectProps) {
  return (
    <div className="flex flex-col gap-4">
      <AddressList
        label="Admins"
        value={settings.admins ?? []}
        onChange={(admins) => onChange({ ...settings, admins })}
      />
      <AddressList
        label="Moderators"
        value={settings.moderators ?? []}
        onChange={(moderators) => onChange({ ...settings, moderators })}
      />
    </div>
  )
}
