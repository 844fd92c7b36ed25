import Link from 'next/link'
import { Button } from '../_components/ui/button'
import { EmptyState } from '../_components/ui/empty-state'
import { words } from '../_components/words'

export const metadata = { title: 'Not found' }

export default function SpaceNotFound() {
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is nothing here by that name"
        action={
          <>
            <Button asChild>
              <Link href="/">All spaces</Link>
            </Button>
            <Button asChild className="ml-2">
              <Link href="/create">{words.newSpace}</Link>
            </Button>
          </>
        }
      >
        The space or proposal may have been mistyped, or belongs to another installation.
      </EmptyState>
    </>
  )
}
