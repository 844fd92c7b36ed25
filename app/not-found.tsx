import Link from 'next/link'
import { Button } from './_components/ui/button'
import { EmptyState } from './_components/ui/empty-state'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is nothing at this address"
        action={
          <Button asChild>
            <Link href="/">All spaces</Link>
          </Button>
        }
      >
        The link may be mistyped, or what it points to may belong to another installation.
      </EmptyState>
    </>
  )
}
