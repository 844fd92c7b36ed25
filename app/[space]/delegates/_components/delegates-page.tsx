'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { StrategyView } from '../../../../lib/core/views/proposal-view'
import { StatementCard } from '../../../_components/account/statement-card'
import { api } from '../../../_components/api'
import { StrategyList } from '../../../_components/space/strategy-list'
import { EmptyState } from '../../../_components/ui/empty-state'
import { PagedList } from '../../../_components/ui/paged-list'
import { StatementEditor } from './statement-editor'

/** What delegates say to a space, and the reader's own word. */
export function DelegatesPage({
  space,
  sources,
}: {
  readonly space: string
  readonly sources: readonly StrategyView[]
}) {
  const query = useInfiniteQuery({
    queryKey: ['statements', space],
    queryFn: ({ pageParam }) => api.statements(space, pageParam ? { after: pageParam } : {}),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-title">Delegates</h1>
          <p className="mt-1 text-muted">
            People who offer to vote with others’ power, and what they stand for. Power is delegated where it
            comes from, not on this page.
          </p>
        </div>
        <StatementEditor space={space} />
      </div>
      <details>
        <summary className="link inline-flex min-h-6 list-none items-center [&::-webkit-details-marker]:hidden">
          Where power comes from in this space
        </summary>
        <div className="mt-2">
          <StrategyList strategies={sources} />
        </div>
      </details>
      <PagedList
        query={query}
        look="cards"
        what="The statements could not be read."
        empty={
          <EmptyState title="No statements yet">
            Whoever wants to be a delegate says here what for. Your own statement is public and signed.
          </EmptyState>
        }
        row={(statement) => (
          <li key={statement.id}>
            <StatementCard statement={statement} by="delegate" />
          </li>
        )}
      />
    </div>
  )
}
