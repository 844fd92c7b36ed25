'use client'
import { Field, Input, Textarea } from '../../ui/field'
import type { SubjectProps } from './subject'

export function ProfileFields({ settings, onChange }: SubjectProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Name">
        <Input
          value={settings.name}
          maxLength={32}
          onChange={(event) => onChange({ ...settings, name: event.target.value })}
        />
      </Field>
      <Field label="Symbol" hint="What one vote is called, such as DEMO.">
        <Input
          value={settings.symbol ?? ''}
          maxLength={16}
          onChange={(event) => onChange({ ...settings, symbol: event.target.value })}
        />
      </Field>
      <Field label="About" className="sm:col-span-2" hint="One or two sentences, at most 160 characters.">
        <Textarea
          rows={2}
          value={settings.about ?? ''}
          maxLength={160}
          onChange={(event) => onChange({ ...settings, about: event.target.value })}
        />
      </Field>
      <Field label="Website" className="sm:col-span-2">
        <Input
          type="url"
          inputMode="url"
          placeholder="https://"
          value={settings.website ?? ''}
          maxLength={256}
          onChange={(event) => onChange({ ...settings, website: event.target.value })}
        />
      </Field>
    </div>
  )
}
