'use client'
import { useMemo } from 'react'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { useTreasury } from '../../../_components/treasury/use-treasury'
import { chosenExecutor, executorOptions } from './executor-options'

/** Who can make the calls of a treasury, and who is to; `options` is undefined while the chain is being read. */
export function useExecutor(space: string, treasury: SpaceView['treasuries'][number] | null, wanted: string) {
  const { data, error, refetch } = useTreasury(space)
  const options = useMemo(() => {
    if (!treasury || (!data && !error)) return undefined
    if (!data) return executorOptions(null)
    return executorOptions(
      data.treasuries.find(
        ({ address, chainId }) => address === treasury.address && String(chainId) === treasury.network,
      ),
    )
  }, [data, error, treasury])
  return {
    options,
    chosen: options && chosenExecutor(options, wanted),
    error: data ? null : error,
    onRetry: () => refetch(),
  }
}
