import Link from 'next/link'
import type { AccountView } from '../../../../lib/core/views/account-view'
import { SpaceMark } from '../../../_components/space/space-mark'
import { EmptyState } from '../../../_components/ui/empty-state'
import { Time } from '../../../_components/ui/time'

/** The spaces that somebody follows, since when. */
export function Followed({ account: { follows } }: { readonly account: AccountView }) {
  if (follows.length === 0)
    return <EmptyState title="Follows no space">Spaces that are followed stand here.</EmptyState>
  return (
    <ul className="panel divide-y">
      {follows.map(({ space, name, since }) => (
        <li key={space} className="flex items-center gap-3 px-4 py-2.5">
          <SpaceMark id={space} name={name} />
          <Link href={`/${space}`} className="min-w-0 flex-1 truncate font-medium hover:text-accent">
            {name}
          </Link>
          <span className="shrink-0 text-muted text-small">
            <Time at={since} />
          </span>
        </li>
      ))}
    </ul>
  )
}
