import { Loading, Skeleton } from '../_components/ui/skeleton'

export default function SpacesLoading() {
  return (
    <Loading className="mx-auto flex max-w-3xl flex-col gap-4">
      <Skeleton className="h-8 w-40" />
      <Skeleton className="h-9" />
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} className="h-14" />
      ))}
    </Loading>
  )
}
