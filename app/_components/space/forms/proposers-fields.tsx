'use client'
import { AddressList } from './address-list'
import { ConditionFields } from './condition-fields'
import { proposerCondition, withMembersOnly, withProposerCondition } from './conditions'
import type { SubjectProps } from './subject'

export function ProposersFields({ settings, onChange }: SubjectProps) {
  return (
    <div className="flex flex-col gap-4">
      <ConditionFields
        legend="Who may propose"
        use="proposal"
        value={proposerCondition(settings)}
        onChange={(condition) => onChange(withProposerCondition(settings, condition))}
        extra={{
          label: 'Members only',
          chosen: settings.filters?.onlyMembers === true,
          choose: () => onChange(withMembersOnly(settings)),
        }}
      />
      <AddressList
        label="Members"
        hint="May always propose. One address a line."
        value={settings.members ?? []}
        onChange={(members) => onChange({ ...settings, members })}
      />
    </div>
  )
}
