import { Loading, Skeleton } from '../../../_components/ui/skeleton'

export default function ProposalLoading() {
  return (
    <Loading className="grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="flex flex-col gap-3">
        <Skeleton className="h-4 w-48" />
        <Skeleton className="h-8 w-full max-w-lg" />
        <Skeleton className="h-4 w-64" />
        <Skeleton className="mt-6 h-4" />
        <Skeleton className="h-4" />
        <Skeleton className="h-4 w-2/3" />
      </div>
      <div className="flex flex-col gap-4">
        <Skeleton className="h-64" />
        <Skeleton className="h-48" />
      </div>
    </Loading>
  )
}
