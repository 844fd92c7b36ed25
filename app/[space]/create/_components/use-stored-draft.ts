'use client'
import { useCallback, useEffect, useState } from 'react'
import { useKept } from '../../../_components/space/forms/use-kept'
import { type ProposalDraft, restoreDraft } from './draft'

/** A space's draft, kept in this browser as it is typed. */
export function useStoredDraft(space: string, empty: ProposalDraft) {
  const { found, keeping, keep, forget } = useKept(`comitia.draft.${space}`)
  const [draft, setDraft] = useState(empty)
  const [touched, setTouched] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another empty draft does not undo what was typed
  useEffect(() => {
    if (found !== null) setDraft(restoreDraft(found, empty))
  }, [found])
  useEffect(() => {
    if (touched) keep(draft)
  }, [keep, draft, touched])

  const change = useCallback((part: Partial<ProposalDraft>) => {
    setTouched(true)
    setDraft((current) => ({ ...current, ...part }))
  }, [])
  const discard = useCallback(() => {
    setTouched(false)
    setDraft(empty)
    forget()
  }, [forget, empty])

  return { draft, keeping, change, discard }
}
