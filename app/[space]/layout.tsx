import Link from 'next/link'
import type { ReactNode } from 'react'
import { SpaceNav } from '../_components/frame/space-nav'
import { SpaceMark } from '../_components/space/space-mark'
import { read } from '../_server/read'

interface Props {
  readonly params: Promise<{ space: string }>
}

export async function generateMetadata({ params }: Props) {
  const { space } = await params
  // Where there is no space, the layout says so; thrown here as well, it would leave that page without a title.
  const found = await read.space(decodeURIComponent(space)).catch(() => null)
  if (!found) return { title: 'Not found' }
  const { name } = found
  return { title: { default: name, template: `%s · ${name}` } }
}

export default async function SpaceLayout({ params, children }: Props & { readonly children: ReactNode }) {
  const { space: segment } = await params
  const space = await read.space(decodeURIComponent(segment))
  return (
    <div className="grid grid-cols-1 gap-x-8 gap-y-4 lg:grid-cols-[12rem_minmax(0,1fr)]">
      <div className="min-w-0 lg:sticky lg:top-20 lg:self-start">
        <Link
          href={`/${space.id}`}
          className="mb-3 flex items-center gap-2.5 rounded-control max-sm:mr-14 lg:px-1"
        >
          <SpaceMark id={space.id} name={space.name} />
          <span className="min-w-0 truncate font-semibold">{space.name}</span>
        </Link>
        <SpaceNav space={space.id} />
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  )
}
