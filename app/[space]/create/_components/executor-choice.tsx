'use client'
import Link from 'next/link'
import { useId } from 'react'
import { laneInWords } from '../../../_components/treasury/describe-config'
import { classNames } from '../../../_components/ui/class-names'
import { ErrorNotice } from '../../../_components/ui/error-notice'
import { duration } from '../../../_components/ui/format-time'
import { shortAddress } from '../../../_components/ui/short-address'
import { Loading, Skeleton } from '../../../_components/ui/skeleton'
import type { ExecutorOption } from './executor-options'

/** Who makes the calls once the proposal has passed: a contract that checks the ballots, or people who sign. */
export function ExecutorChoice({
  space,
  options,
  chosen,
  error,
  onRetry,
  onChange,
}: {
  readonly space: string
  /** Undefined while the chain is being read. */
  readonly options: readonly ExecutorOption[] | undefined
  readonly chosen: ExecutorOption | undefined
  readonly error: unknown
  readonly onRetry: () => void
  readonly onChange: (id: string) => void
}) {
  const name = useId()
  const several = (options ?? []).filter(({ kind }) => kind === 'module').length > 1
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">Who makes the calls</legend>
      {!options && (
        <Loading className="grid gap-2 sm:grid-cols-2">
          <Skeleton className="h-28" />
          <Skeleton className="h-28" />
        </Loading>
      )}
      {error !== null && (
        <div className="mb-2">
          <ErrorNotice what="The Safe’s modules could not be read." error={error} onRetry={onRetry} />
        </div>
      )}
      <div className="grid items-start gap-2 sm:grid-cols-2">
        {options?.map((option) => {
          const isOff = option.obstacles.length > 0
          const isChosen = option === chosen
          return (
            <label
              key={option.id}
              className={classNames(
                'flex h-full gap-3 rounded-panel border p-3.5',
                isChosen ? 'border-ink bg-raised' : 'border-line',
                isOff ? 'cursor-not-allowed bg-sunken' : 'hover:bg-hover',
              )}
            >
              <input
                type="radio"
                name={name}
                value={option.id}
                checked={isChosen}
                disabled={isOff && !isChosen}
                onChange={() => onChange(option.id)}
                aria-describedby={`${name}-${option.id}`}
                className="mt-0.5 size-4.5 shrink-0"
              />
              <span className="min-w-0">
                <span className="block font-medium">
                  {option.kind === 'signers' ? 'Safe signers' : 'Tally module'}
                  {several && option.kind === 'module' && ` ${shortAddress(option.id)}`}
                </span>
                <span id={`${name}-${option.id}`} className="mt-0.5 block text-muted text-small">
                  {describe(option)}
                  {option.obstacles.map((obstacle) => (
                    <span key={obstacle} className="mt-1 block break-words text-warn">
                      Not possible: {obstacle}
                    </span>
                  ))}
                </span>
              </span>
            </label>
          )
        })}
      </div>
      {chosen?.kind === 'module' && chosen.tally && chosen.obstacles.length === 0 && (
        <p className="mt-2 text-muted text-small">
          {laneInWords(chosen.tally.config)} The vote lasts at least {duration(chosen.tally.config.minPeriod)}
          .{' '}
          <Link href={`/${space}/treasury`} className="link">
            Who can move this treasury
          </Link>
        </p>
      )}
    </fieldset>
  )
}

function describe(option: ExecutorOption): string {
  if (option.kind === 'module')
    return 'A contract checks every ballot and makes the calls. Nobody has to sign.'
  return option.owners === null
    ? 'The Safe’s owners confirm.'
    : `${option.threshold} of ${option.owners} owners confirm. They can also refuse.`
}
