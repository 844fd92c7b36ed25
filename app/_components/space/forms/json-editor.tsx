'use client'
import { useState } from 'react'
import { Button } from '../../ui/button'
import { Field, Textarea } from '../../ui/field'
import { brokenParams, readParams, splitParams } from './read-params'

/** Parameters as JSON. What is readable counts at once; what is not goes along as such, and keeps it from being signed. */
export function JsonEditor({
  label = 'Parameters as JSON',
  value,
  schema,
  example,
  onChange,
}: {
  readonly label?: string
  readonly value: Readonly<Record<string, unknown>>
  /** JSON Schema of what belongs there. */
  readonly schema: Readonly<Record<string, unknown>> | undefined
  readonly example: Readonly<Record<string, unknown>> | undefined
  readonly onChange: (value: Record<string, unknown>) => void
}) {
  const last = splitParams(value)
  const [text, setText] = useState(() => last.broken ?? JSON.stringify(last.params, null, 2))
  const { problem } = readParams(text, schema)
  const take = (next: string) => {
    setText(next)
    const read = readParams(next, schema)
    onChange(read.params ?? brokenParams(last.params, next))
  }
  return (
    <div className="flex flex-col items-start gap-2">
      <Field className="w-full" label={label} error={problem}>
        <Textarea
          rows={Math.min(16, Math.max(4, text.split('\n').length))}
          className="font-mono text-small"
          spellCheck={false}
          value={text}
          onChange={(event) => take(event.target.value)}
        />
      </Field>
      {example && Object.keys(example).length > 0 && (
        <details className="w-full text-small">
          <summary className="link inline-flex min-h-6 list-none items-center [&::-webkit-details-marker]:hidden">
            Example
          </summary>
          <pre className="mt-1 overflow-x-auto rounded-control bg-sunken p-3">
            {JSON.stringify(example, null, 2)}
          </pre>
          <Button className="mt-2" onClick={() => take(JSON.stringify(example, null, 2))}>
            Use this example
          </Button>
        </details>
      )}
    </div>
  )
}
