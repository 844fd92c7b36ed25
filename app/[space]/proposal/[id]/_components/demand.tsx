'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../../_components/api'
import { Button } from '../../../../_components/ui/button'
import { ErrorNotice } from '../../../../_components/ui/error-notice'

/** The way to have a tally that did not pass checked on chain all the same. */
export function Demand({ proposal }: { readonly proposal: string }) {
  const queries = useQueryClient()
  const demand = useMutation({
    mutationFn: () => api.demandSettlement(proposal),
    onSettled: () => queries.invalidateQueries({ queryKey: ['proposal', proposal] }),
  })
  return (
    <div className="mt-3 flex flex-col gap-2 border-t pt-3">
      <p className="text-small">
        A tally that did not pass is not put on chain unless somebody asks for it.{' '}
        <span className="text-muted">
          Ask if you doubt this result: then the ballots that count are fixed on chain, the module checks
          every one of them, and says itself that it did not pass.
        </span>
      </p>
      <Button disabled={demand.isPending} onClick={() => demand.mutate()}>
        {demand.isPending ? 'Asking' : 'Ask for the tally to be committed and proved'}
      </Button>
      {demand.isError && (
        <ErrorNotice
          what="The tally was not asked for."
          error={demand.error}
          onRetry={() => demand.mutate()}
        />
      )}
    </div>
  )
}
