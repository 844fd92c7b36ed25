'use client'
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useRemovalFocus } from '../../../_components/space/forms/use-removal-focus'
import { Button } from '../../../_components/ui/button'

/** The options of a vote, in order. Enter in the last one adds another. */
export function ChoicesEditor({
  choices,
  onChange,
}: {
  readonly choices: readonly string[]
  readonly onChange: (choices: readonly string[]) => void
}) {
  const { list, focusAfter } = useRemovalFocus<HTMLFieldSetElement>()
  const replace = (index: number, ...items: readonly string[]) =>
    onChange(choices.toSpliced(index, 1, ...items))

  function add() {
    onChange([...choices, ''])
    requestAnimationFrame(() => [...(list.current?.querySelectorAll('input') ?? [])].at(-1)?.focus())
  }
  function swap(index: number, other: number) {
    const next = [...choices]
    ;[next[index], next[other]] = [next[other] ?? '', next[index] ?? '']
    onChange(next)
  }

  return (
    <fieldset ref={list} data-list>
      <legend className="mb-1.5 font-medium">Options</legend>
      <ol className="flex flex-col gap-1.5">
        {choices.map((choice, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: options being typed have no other identity than their place
          <li key={index} className="flex items-center gap-1">
            <input
              aria-label={`Option ${index + 1}`}
              className="field-box min-w-0 flex-1"
              value={choice}
              maxLength={300}
              autoComplete="off"
              onChange={(event) => replace(index, event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return
                event.preventDefault()
                if (index === choices.length - 1 && choice.trim() !== '') add()
              }}
            />
            <Button
              look="quiet"
              icon
              aria-label={`Move option ${index + 1} up`}
              disabled={index === 0}
              onClick={() => swap(index, index - 1)}
              className="max-sm:hidden"
            >
              <ArrowUp aria-hidden className="size-4" />
            </Button>
            <Button
              look="quiet"
              icon
              aria-label={`Move option ${index + 1} down`}
              disabled={index === choices.length - 1}
              onClick={() => swap(index, index + 1)}
              className="max-sm:hidden"
            >
              <ArrowDown aria-hidden className="size-4" />
            </Button>
            <Button
              data-remove
              look="quiet"
              icon
              aria-label={`Remove option ${index + 1}`}
              disabled={choices.length <= 2}
              onClick={() => {
                replace(index)
                focusAfter(index)
              }}
            >
              <X aria-hidden className="size-4" />
            </Button>
          </li>
        ))}
      </ol>
      <Button data-add className="mt-2" onClick={add} disabled={choices.length >= 100}>
        <Plus aria-hidden className="size-4" />
        Add an option
      </Button>
    </fieldset>
  )
}
