'use client'
import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react'
import { type PointerEvent, useRef, useState } from 'react'
import { classNames } from '../_components/ui/class-names'
import type { BallotProps } from './ballot-props'

/** Every option in order, best first: by dragging, by buttons, or by typing a rank. */
export function RankedBallot({ options, value, onChange, disabled = false }: BallotProps) {
  const ranking = Array.isArray(value) ? (value as readonly number[]) : options.map((_, index) => index + 1)
  const list = useRef<HTMLOListElement>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  const [said, setSaid] = useState('')

  function move(option: number, to: number) {
    const target = Math.max(0, Math.min(options.length - 1, to))
    if (ranking.indexOf(option) === target && value !== null) return
    const others = ranking.filter((other) => other !== option)
    onChange([...others.slice(0, target), option, ...others.slice(target)])
    setSaid(`${options[option - 1]} is now number ${target + 1} of ${options.length}`)
  }

  function drag(event: PointerEvent, option: number) {
    const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect())
    const over = rows.findIndex(({ top, bottom }) => event.clientY >= top && event.clientY < bottom)
    if (over >= 0 && over !== ranking.indexOf(option)) move(option, over)
  }

  return (
    <fieldset disabled={disabled} tabIndex={-1} className="min-w-0">
      <legend className="mb-1.5 text-muted text-small">
        Put all options in order, the best first. Drag, use the arrows, or type a rank.
      </legend>
      <ol ref={list} className="flex flex-col gap-1.5">
        {ranking.map((option, index) => {
          const name = options[option - 1] ?? ''
          return (
            <li
              key={option}
              className={classNames(
                'flex min-h-control items-center gap-1.5 rounded-control border border-line-strong bg-raised py-1 pr-1 pl-1',
                dragged === option && 'border-ink bg-sunken shadow-overlay',
              )}
            >
              <span
                aria-hidden
                className="flex h-8 w-6 shrink-0 cursor-grab touch-none items-center justify-center text-muted active:cursor-grabbing"
                onPointerDown={(event) => {
                  if (disabled) return
                  event.currentTarget.setPointerCapture(event.pointerId)
                  setDragged(option)
                }}
                onPointerMove={(event) => dragged === option && drag(event, option)}
                onPointerUp={() => setDragged(null)}
                onPointerCancel={() => setDragged(null)}
              >
                <GripVertical className="size-4" />
              </span>
              <input
                type="number"
                inputMode="numeric"
                min={1}
                max={options.length}
                aria-label={`Rank of ${name}`}
                // biome-ignore lint/suspicious/noArrayIndexKey: a new place starts the input afresh
                key={`${option}-${index}`}
                defaultValue={index + 1}
                className="h-8 w-11 shrink-0 rounded-[4px] border bg-page text-center tabular-nums [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none"
                onKeyDown={(event) => {
                  if (event.key === 'Enter') {
                    event.preventDefault()
                    event.currentTarget.blur()
                  }
                }}
                onBlur={(event) => {
                  const rank = Math.round(event.currentTarget.valueAsNumber)
                  event.currentTarget.value = String(index + 1)
                  if (Number.isFinite(rank) && rank !== index + 1) move(option, rank - 1)
                }}
              />
              <span className="min-w-0 flex-1 break-words px-1">
                <bdi>{name}</bdi>
              </span>
              <span className="flex shrink-0">
                <Arrow
                  label={`Move ${name} up`}
                  disabled={index === 0}
                  onClick={() => move(option, index - 1)}
                >
                  <ArrowUp aria-hidden className="size-4" />
                </Arrow>
                <Arrow
                  label={`Move ${name} down`}
                  disabled={index === options.length - 1}
                  onClick={() => move(option, index + 1)}
                >
                  <ArrowDown aria-hidden className="size-4" />
                </Arrow>
              </span>
            </li>
          )
        })}
      </ol>
      {value === null && (
        <button type="button" className="link mt-2 min-h-6" onClick={() => onChange(ranking)}>
          Keep this order
        </button>
      )}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </fieldset>
  )
}

function Arrow({
  label,
  disabled,
  onClick,
  children,
}: {
  readonly label: string
  readonly disabled: boolean
  readonly onClick: () => void
  readonly children: React.ReactNode
}) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onClick}
      className="flex size-8 items-center justify-center rounded-[4px] hover:bg-hover aria-disabled:opacity-35"
    >
      {children}
    </button>
  )
}
