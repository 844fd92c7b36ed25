'use client'
import { Field } from '../../ui/field'
import { NetworkSelect } from './network-select'
import { SourceList } from './source-list'
import { SourceTest } from './source-test'
import type { SubjectProps } from './subject'

export function StrategiesFields({ settings, onChange, space }: SubjectProps) {
  return (
    <div className="flex flex-col gap-3">
      <Field label="Chain" hint="Votes are read at a block of this chain.">
        <NetworkSelect value={settings.network} onChange={(network) => onChange({ ...settings, network })} />
      </Field>
      <SourceList
        sources={settings.strategies}
        onChange={(strategies) => onChange({ ...settings, strategies })}
        network={settings.network}
        space={space}
      />
      <SourceTest settings={settings} space={space} />
    </div>
  )
}
