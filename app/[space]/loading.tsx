import { Loading, Skeleton } from '../_components/ui/skeleton'

export default function SpaceLoading() {
  return (
    <Loading className="flex flex-col gap-3">
      <Skeleton className="h-8 w-56" />
      <Skeleton className="h-4 w-80 max-w-full" />
      <Skeleton className="mt-4 h-8 w-72 max-w-full" />
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} className="h-16" />
      ))}
    </Loading>
  )
}
