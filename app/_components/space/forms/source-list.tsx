'use client'
import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'
import { useInstallation } from '../../installation'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'
import { JsonEditor } from './json-editor'
import { KindSelect } from './kind-select'
import { NetworkSelect } from './network-select'
import { ParamInput } from './param-input'
import { splitParams } from './read-params'
import { type Source, sourceForm, startParams } from './source-forms'
import { useRemovalFocus } from './use-removal-focus'

/** Sources of votes that add up, each with its form; sources inside of a source look the same, one step in. */
export function SourceList({
  sources,
  onChange,
  network,
  space,
  name = 'Source',
}: {
  readonly sources: readonly Source[]
  readonly onChange: (sources: Source[]) => void
  /** The chain where a source names none. */
  readonly network: string
  /** The space's id, as far as it is known. */
  readonly space: string
  /** What one is called, before its number. */
  readonly name?: string
}) {
  const { list, focusAfter } = useRemovalFocus<HTMLDivElement>()
  // What a form holds of its own is the removed source's; those that move up begin anew.
  const [removals, setRemovals] = useState(0)
  function remove(index: number) {
    onChange(sources.toSpliced(index, 1))
    setRemovals(removals + 1)
    focusAfter(index)
  }
  return (
    <div ref={list} data-list className="flex flex-col gap-3">
      {sources.map((source, index) => (
        <SourceForm
          // biome-ignore lint/suspicious/noArrayIndexKey: two sources may be alike while they are typed
          key={`${removals} ${index}`}
          title={`${name} ${index + 1}`}
          source={source}
          network={network}
          space={space}
          onChange={(next) => onChange(sources.with(index, next))}
          onRemove={sources.length > 1 ? () => remove(index) : null}
        />
      ))}
      <Button
        data-add
        className="self-start"
        disabled={sources.length >= 8}
        onClick={() => onChange([...sources, { name: 'erc20-votes', network, params: {} }])}
      >
        <Plus aria-hidden className="size-4" />
        Add a source
      </Button>
    </div>
  )
}

/** One source of votes: its kind, its chain, and its parameters as fields or as JSON. */
function SourceForm({
  title,
  source,
  network,
  space,
  onChange,
  onRemove,
}: {
  readonly title: string
  readonly source: Source
  readonly network: string
  readonly space: string
  readonly onChange: (source: Source) => void
  readonly onRemove: (() => void) | null
}) {
  const heading = useId()
  const { strategies } = useInstallation()
  const { words, fields, isIntricate = false } = sourceForm(source.name)
  const [asksJson, setAsksJson] = useState(false)
  const params = source.params ?? {}
  const known = strategies.find(({ id }) => id === source.name)
  const isJson = asksJson || isIntricate || !known
  const setParam = (name: string, value: unknown) => {
    const { [name]: _, ...others } = params
    const isUnset = value === undefined || value === ''
    onChange({ ...source, params: isUnset ? others : { ...others, [name]: value } })
  }
  return (
    <section aria-labelledby={heading} className="rounded-control border p-3">
      <div className="mb-1 flex items-center justify-between">
        <h3 id={heading} className="font-medium">
          {title}
        </h3>
        {onRemove && (
          <Button
            data-remove
            look="quiet"
            icon
            aria-label={`Remove ${title.toLowerCase()}`}
            onClick={onRemove}
          >
            <X aria-hidden className="size-4" />
          </Button>
        )}
      </div>
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
        <Field label="Kind" hint={words}>
          <KindSelect
            value={source.name}
            onChange={(name) => {
              const example = strategies.find(({ id }) => id === name)?.example
              onChange({
                name,
                network: source.network ?? network,
                params: startParams(name, space, example),
              })
            }}
          />
        </Field>
        <Field label="Chain of this source">
          <NetworkSelect
            value={source.network ?? network}
            onChange={(next) => onChange({ ...source, network: next })}
          />
        </Field>
        {known?.unavailable && (
          <p className="text-small text-warn sm:col-span-2">Not available here: {known.unavailable}</p>
        )}
        {isJson ? (
          <div className="sm:col-span-2">
            <JsonEditor
              key={source.name}
              value={params}
              schema={known?.schema}
              example={known?.example}
              onChange={(next) => onChange({ ...source, params: next })}
            />
          </div>
        ) : (
          fields.map((field) => {
            const [key, value] = [`${source.name} ${field.name}`, params[field.name]]
            const set = (next: unknown) => setParam(field.name, next)
            if (field.kind !== 'sources')
              return <ParamInput key={key} field={field} value={value} onChange={set} />
            return (
              <fieldset key={key} className="sm:col-span-2">
                <legend className="mb-1 font-medium">{field.label}</legend>
                <SourceList
                  name={`${title}, part`}
                  sources={Array.isArray(value) ? (value as Source[]) : []}
                  onChange={set}
                  network={source.network ?? network}
                  space={space}
                />
              </fieldset>
            )
          })
        )}
      </div>
      {known && !isIntricate && (
        <button
          type="button"
          className="link mt-2 min-h-6 text-small"
          aria-pressed={asksJson}
          onClick={() => {
            setAsksJson(!asksJson)
            onChange({ ...source, params: splitParams(params).params })
          }}
        >
          {asksJson ? 'Back to the form' : 'Edit as JSON'}
        </button>
      )}
    </section>
  )
}
