import Link from 'next/link'
import type { StatementView } from '../../../lib/core/views/account-view'
import { Address } from '../ui/address'
import { Markdown } from '../ui/markdown'
import { Time } from '../ui/time'

/** What a delegate says to a space, headed by the one that the page does not name already. */
export function StatementCard({
  statement,
  by,
}: {
  readonly statement: StatementView
  readonly by: 'delegate' | 'space'
}) {
  const { delegate, space, about, isActive, updatedAt, id } = statement
  return (
    <article className="panel p-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 font-medium">
          {by === 'delegate' ? (
            <Address address={delegate} person />
          ) : (
            <Link href={`/${space}/delegates`} className="link">
              {space}
            </Link>
          )}
        </h2>
        {isActive && <span className="text-for text-small">takes delegations</span>}
        <Link href={`/verify/${id}`} className="link ml-auto text-muted text-small">
          <Time at={updatedAt} quiet />
        </Link>
      </header>
      {about && <p className="mt-2 break-words">{about}</p>}
      {statement.statement && (
        <details className="mt-2">
          <summary className="link inline-flex min-h-6 list-none items-center [&::-webkit-details-marker]:hidden">
            Statement
          </summary>
          <div className="mt-2">
            <Markdown text={statement.statement} />
          </div>
        </details>
      )}
    </article>
  )
}
