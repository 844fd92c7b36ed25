'use client'
import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import type { SpaceSettings } from '../../../../lib/core/messages/settings'
import { Button } from '../../ui/button'
import { Field, Input } from '../../ui/field'
import { NetworkSelect } from './network-select'
import type { SubjectProps } from './subject'

type Treasury = NonNullable<SpaceSettings['treasuries']>[number]

export function TreasuriesFields({ settings, onChange }: SubjectProps) {
  const id = useId()
  const treasuries = settings.treasuries ?? []
  const set = (next: readonly Treasury[]) => onChange({ ...settings, treasuries: [...next] })
  return (
    <div className="flex flex-col gap-3">
      {treasuries.map((treasury, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: treasuries being typed have no other identity than their place
        <section key={index} aria-labelledby={`${id}-${index}`} className="rounded-control border p-3">
          <div className="mb-1 flex items-center justify-between">
            <h3 id={`${id}-${index}`} className="font-medium">
              Treasury {index + 1}
            </h3>
            <Button
              look="quiet"
              icon
              aria-label={`Remove treasury ${index + 1}`}
              onClick={() => set(treasuries.toSpliced(index, 1))}
            >
              <X aria-hidden className="size-4" />
            </Button>
          </div>
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label="Treasury name">
              <Input
                value={treasury.name}
                maxLength={64}
                onChange={(event) => set(treasuries.with(index, { ...treasury, name: event.target.value }))}
              />
            </Field>
            <Field label="Chain">
              <NetworkSelect
                value={treasury.network}
                onChange={(network) => set(treasuries.with(index, { ...treasury, network }))}
              />
            </Field>
            <Field label="Safe address" className="sm:col-span-2">
              <Input
                className="font-mono"
                placeholder="0x…"
                spellCheck={false}
                value={treasury.address}
                onChange={(event) =>
                  set(
                    treasuries.with(index, {
                      ...treasury,
                      address: event.target.value.trim() as `0x${string}`,
                    }),
                  )
                }
              />
            </Field>
          </div>
        </section>
      ))}
      <Button
        className="self-start"
        disabled={treasuries.length >= 10}
        onClick={() =>
          set([...treasuries, { name: '', address: '' as `0x${string}`, network: settings.network }])
        }
      >
        <Plus aria-hidden className="size-4" />
        Add a treasury
      </Button>
    </div>
  )
}
