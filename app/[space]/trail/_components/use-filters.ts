'use client'
import { useSearchParams } from 'next/navigation'

const names = ['kind', 'author', 'proposal', 'find', 'order'] as const

/** What the trail is narrowed to, as the address of the page says it. */
export type Filters = Readonly<Partial<Record<(typeof names)[number], string>>>

/**
 * The filters in the page's address, so that they can be shared and the way back leads to the former ones. `change` adds
 * a step to that way, `amend` does not: for what is still being typed. Undefined takes a filter away.
 */
export function useFilters() {
  const query = useSearchParams()
  const filters: Filters = Object.fromEntries(
    names.flatMap((name) => {
      const value = query.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
  const write = (changes: { readonly [Name in keyof Filters]: string | undefined }) => {
    const search = searchOf({ ...filters, ...changes })
    return `${window.location.pathname}${search && `?${search}`}`
  }
  return {
    filters,
    change: (changes: Parameters<typeof write>[0]) => window.history.pushState(null, '', write(changes)),
    amend: (changes: Parameters<typeof write>[0]) => window.history.replaceState(null, '', write(changes)),
  }
}

/** Filters as the query of a URL, without its question mark. */
export function searchOf(filters: { readonly [Name in keyof Filters]: string | undefined }): string {
  const entries = Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return new URLSearchParams(entries).toString()
}
