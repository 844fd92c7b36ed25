import { Plus } from 'lucide-react'
import Link from 'next/link'
import { SpaceList } from '../_components/space/space-list'
import { Button } from '../_components/ui/button'
import { words } from '../_components/words'
import { read } from '../_server/read'

export default async function SpacesPage() {
  const spaces = await read.spaces()
  return (
    <div className="mx-auto max-w-3xl">
      <div className="mb-5 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="text-title">Spaces</h1>
          <p className="text-muted">
            Where organisations decide. Votes that anyone can check and a Safe can execute.
          </p>
        </div>
        <Button asChild>
          <Link href="/create">
            <Plus aria-hidden className="size-4" />
            {words.newSpace}
          </Link>
        </Button>
      </div>
      <SpaceList initial={spaces} />
    </div>
  )
}
