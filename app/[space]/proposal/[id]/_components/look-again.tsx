'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../../../_components/api'
import { Button } from '../../../../_components/ui/button'
import { ErrorNotice } from '../../../../_components/ui/error-notice'

/** Long enough for the worker to be first. */
const patienceMs = 3000

/** Asks the server to look at the chain now rather than in its own time; `unasked` does so when nobody has looked yet. */
export function LookAgain({
  proposal,
  unasked = false,
}: {
  readonly proposal: string
  readonly unasked?: boolean
}) {
  const queries = useQueryClient()
  const { mutate, isPending, isError, error } = useMutation({
    mutationFn: () => api.refreshSettlement(proposal),
    onSettled: () => queries.invalidateQueries({ queryKey: ['proposal', proposal] }),
  })
  useEffect(() => {
    if (!unasked) return
    const timer = setTimeout(mutate, patienceMs)
    return () => clearTimeout(timer)
  }, [unasked, mutate])
  return (
    <div className="mt-2 flex flex-col items-start gap-2">
      <Button disabled={isPending} onClick={() => mutate()}>
        {isPending ? 'Looking' : 'Look again'}
      </Button>
      {isError && <ErrorNotice what="The chain was not looked at." error={error} />}
    </div>
  )
}
