'use client'
import { useQuery } from '@tanstack/react-query'
import type { SpaceView } from '../../../lib/core/views/space-view'
import { api } from '../api'
import { FollowButton } from './follow-button'
import { FrozenSettings } from './frozen-settings'

/** What a space is, how much goes on in it, and whether the reader follows it. */
export function SpaceHeader({ initial }: { readonly initial: SpaceView }) {
  const query = useQuery({
    queryKey: ['space', initial.id],
    queryFn: () => api.space(initial.id),
    initialData: initial,
  })
  const space = query.data
  return (
    <header className="mb-5 flex flex-col gap-4">
      <FrozenSettings problem={space.nameProblem} />
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-title max-lg:sr-only">{space.name}</h1>
          {space.about && <p className="mt-1 max-w-reading">{space.about}</p>}
          <p className="mt-1 text-muted text-small">
            {count(space.proposals, 'proposal')} · {space.activeProposals} active ·{' '}
            {count(space.votes, 'vote')} cast · {count(space.followers, 'follower')}
          </p>
        </div>
        <FollowButton space={space.id} name={space.name} />
      </div>
    </header>
  )
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? what : `${what}s`}`
}
