'use client'
import { useCallback, useEffect, useState } from 'react'
import { type ProposalDraft, restoreDraft } from './draft'

/** Where a draft is: `new` nothing typed yet, `kept` in this browser, `refused` the browser keeps nothing. */
export type Keeping = 'new' | 'kept' | 'refused'

/** A space's draft, kept in this browser as it is typed. */
export function useStoredDraft(space: string, empty: ProposalDraft) {
  const key = `comitia.draft.${space}`
  const [draft, setDraft] = useState(empty)
  const [keeping, setKeeping] = useState<Keeping>('new')
  const [touched, setTouched] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, after the server's markup is adopted
  useEffect(() => {
    try {
      const text = localStorage.getItem(key)
      if (!text) return
      setDraft(restoreDraft(JSON.parse(text), empty))
      setKeeping('kept')
    } catch {
      setKeeping('refused')
    }
  }, [key])

  useEffect(() => {
    if (!touched) return
    try {
      localStorage.setItem(key, JSON.stringify(draft))
      setKeeping('kept')
    } catch {
      setKeeping('refused')
    }
  }, [key, draft, touched])

  const change = useCallback((part: Partial<ProposalDraft>) => {
    setTouched(true)
    setDraft((current) => ({ ...current, ...part }))
  }, [])
  const discard = useCallback(() => {
    setTouched(false)
    setKeeping('new')
    setDraft(empty)
    localStorage.removeItem(key)
  }, [key, empty])

  return { draft, keeping, change, discard }
}
