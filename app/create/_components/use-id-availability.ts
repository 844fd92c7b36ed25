'use client'
import { useQuery } from '@tanstack/react-query'
import { ApiError } from '../../../lib/client/api'
import { parseSpaceId } from '../../../lib/core/messages/space-id'
import { api } from '../../_components/api'
import { useDebounced } from '../../_components/ui/use-debounced'

export interface Availability {
  readonly state: 'empty' | 'wrong' | 'checking' | 'free' | 'taken' | 'unknown'
  readonly words: string
}

/** Whether an id can be claimed, in words for the person typing it. */
export function useIdAvailability(id: string): Availability {
  const settled = useDebounced(id)
  const form = formOf(id)
  const query = useQuery({
    queryKey: ['id', settled],
    queryFn: async () => {
      try {
        await api.space(settled)
        return 'taken' as const
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        if (error.status === 404) return 'free' as const
        if (error.status === 410) return 'gone' as const
        throw error
      }
    },
    enabled: formOf(settled) === null && settled !== '',
  })
  if (id === '')
    return { state: 'empty', words: 'The space’s address on this server, for example gardeners.' }
  if (form !== null) return { state: 'wrong', words: form }
  if (query.isError) return { state: 'unknown', words: 'Whether it is free could not be found out.' }
  if (id !== settled || !query.data) return { state: 'checking', words: 'Looking whether it is free' }
  switch (query.data) {
    case 'taken':
      return { state: 'taken', words: `${id} is taken.` }
    case 'gone':
      return { state: 'taken', words: `${id} was deleted, and cannot be created again.` }
    case 'free': {
      const isName = id.includes('.')
      const words = isName ? `${id} is free here; only its owner in ENS can claim it.` : `${id} is free.`
      return { state: 'free', words }
    }
  }
}

/** What is wrong with the form of an id; null when nothing is. */
function formOf(id: string): string | null {
  if (id === '') return null
  try {
    parseSpaceId(id)
    return null
  } catch {
    return /^[a-z0-9][a-z0-9-]{2,62}$/.test(id)
      ? `${id} is reserved for pages of this site.`
      : 'Use 3 to 63 letters a–z, digits and hyphens, beginning with a letter or digit; or an ENS name.'
  }
}
