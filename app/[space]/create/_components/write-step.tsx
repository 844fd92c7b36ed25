'use client'
import { useState } from 'react'
import { Button } from '../../../_components/ui/button'
import { classNames } from '../../../_components/ui/class-names'
import { Field, Input, Textarea } from '../../../_components/ui/field'
import { Markdown } from '../../../_components/ui/markdown'
import type { ProposalDraft } from './draft'
import { Step } from './step'

export function WriteStep({
  draft,
  change,
}: {
  readonly draft: ProposalDraft
  readonly change: (part: Partial<ProposalDraft>) => void
}) {
  // On narrow screens one of the two shows; on wide ones they stand side by side.
  const [shown, setShown] = useState<'text' | 'preview'>('text')
  return (
    <Step id="write" title="Write">
      <Field label="Title">
        <Input
          value={draft.title}
          maxLength={300}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <div>
        <fieldset className="mb-2 flex gap-1 md:hidden">
          <legend className="sr-only">Show</legend>
          {(['text', 'preview'] as const).map((side) => (
            <Button
              key={side}
              look={shown === side ? 'secondary' : 'quiet'}
              aria-pressed={shown === side}
              onClick={() => setShown(side)}
            >
              {side === 'text' ? 'Text' : 'Preview'}
            </Button>
          ))}
        </fieldset>
        <div className="grid gap-4 md:grid-cols-2">
          <Field
            label="Text"
            hint="Markdown: **bold**, # heading, - list, tables, links."
            className={classNames(shown !== 'text' && 'max-md:hidden')}
          >
            <Textarea
              rows={18}
              value={draft.body}
              onChange={(event) => change({ body: event.target.value })}
              placeholder="What is asked for, why, and what happens then."
            />
          </Field>
          <section
            aria-label="Preview"
            className={classNames('min-w-0', shown !== 'preview' && 'max-md:hidden')}
          >
            <p className="mb-1 font-medium max-md:sr-only">Preview</p>
            <div className="h-[calc(100%-1.75rem)] max-h-[28rem] min-h-40 overflow-y-auto rounded-control border bg-raised p-4">
              {draft.body.trim() === '' ? (
                <p className="text-muted">What voters will read appears here as you type.</p>
              ) : (
                <Markdown text={draft.body} />
              )}
            </div>
          </section>
        </div>
      </div>
      <Field label="Discussion" hint="A link to where it was discussed, if there is one.">
        <Input
          type="url"
          inputMode="url"
          placeholder="https://"
          value={draft.discussion}
          maxLength={256}
          onChange={(event) => change({ discussion: event.target.value })}
        />
      </Field>
    </Step>
  )
}
