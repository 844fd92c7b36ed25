'use client'
import { useEffect, useId, useState } from 'react'
import { type TrailGroup, trailGroupNames } from '../../../../lib/core/trail/trail-groups'
import { useInstallation } from '../../../_components/installation'
import { classNames } from '../../../_components/ui/class-names'
import { Select } from '../../../_components/ui/field'
import { useDebounced } from '../../../_components/ui/use-debounced'
import { parseSearch } from './parse-search'
import type { useFilters } from './use-filters'

const groups: Readonly<Record<TrailGroup, string>> = {
  ballots: 'Ballots',
  proposals: 'Proposals and edits',
  withdrawals: 'Withdrawals and flags',
  settings: 'Settings',
  results: 'Results and execution',
}

/** What of the trail is shown, and from which end. */
export function TrailFilters({ filters, change, amend }: ReturnType<typeof useFilters>) {
  return (
    <div className="flex flex-col gap-2">
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">Show</legend>
        {[undefined, ...trailGroupNames].map((group) => (
          <button
            key={group ?? 'all'}
            type="button"
            aria-pressed={filters.kind === group}
            onClick={() => change({ kind: group })}
            className={classNames(
              'min-h-8 rounded-full border px-3 text-small pointer-coarse:min-h-control',
              filters.kind === group ? 'border-ink bg-ink text-page' : 'border-line hover:bg-hover',
            )}
          >
            {group === undefined ? 'All' : groups[group]}
          </button>
        ))}
      </fieldset>
      <div className="flex gap-2 max-sm:flex-col">
        <Search filters={filters} amend={amend} />
        <Select
          aria-label="Order"
          value={filters.order === 'old' ? 'old' : 'new'}
          onChange={(event) => change({ order: event.target.value === 'old' ? 'old' : undefined })}
          className="sm:shrink-0"
        >
          <option value="new">Newest first</option>
          <option value="old">Oldest first</option>
        </Select>
      </div>
    </div>
  )
}

function Search({ filters, amend }: Pick<ReturnType<typeof useFilters>, 'filters' | 'amend'>) {
  const hint = useId()
  const { demo } = useInstallation()
  const inUrl = filters.author ?? filters.find ?? ''
  const [text, setText] = useState(inUrl)
  const [known, setKnown] = useState({ inUrl, written: inUrl })
  if (inUrl !== known.inUrl) {
    // The way back, or a link: not what was typed here.
    if (inUrl !== known.written) setText(inUrl)
    setKnown({ inUrl, written: inUrl })
  }
  const settled = useDebounced(text.trim())
  const found = parseSearch(settled, demo?.accounts ?? [])
  const wanted = found?.author ?? found?.find ?? ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: writes what was typed when it has settled, and then only
  useEffect(() => {
    if (settled !== text.trim() || wanted === inUrl) return
    setKnown((former) => ({ ...former, written: wanted }))
    amend({ author: found?.author, find: found?.find })
  }, [settled])
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      <input
        type="search"
        aria-label="Search the trail"
        aria-describedby={hint}
        placeholder="Account, id or #place in the log"
        className="field-box"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <p id={hint} aria-live="polite" className="text-muted text-small empty:hidden">
        {found === null &&
          'Looks for a whole address, the whole id of a message, the hash of a transaction, or a place in the log such as #12.'}
      </p>
    </div>
  )
}
