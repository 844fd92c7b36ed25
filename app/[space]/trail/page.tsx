import { sharedContext } from '../../../lib/services/create-context'
import { listTrail } from '../../../lib/services/trail/list-trail'
import { read } from '../../_server/read'
import { TrailPage } from './_components/trail-page'

export const metadata = { title: 'Audit trail' }

export default async function Page({
  params,
  searchParams,
}: {
  readonly params: Promise<{ space: string }>
  readonly searchParams: Promise<Record<string, unknown>>
}) {
  const { space: segment } = await params
  const { id } = await read.space(decodeURIComponent(segment))
  const isPlain = Object.keys(await searchParams).length === 0
  const initial = isPlain ? await listTrail(sharedContext(), { space: id, order: 'new', first: 20 }) : null
  return <TrailPage space={id} initial={initial} />
}
