'use client'
import { useMemo } from 'react'
import { useInstallation } from '../../installation'
import type { Names } from './describe-changes'

/** What this installation calls sources and chains. */
export function useNames(): Names {
  const { strategies, chainName } = useInstallation()
  return useMemo(
    () => ({
      sourceName: (name) => strategies.find(({ id }) => id === name)?.label ?? name,
      chainName,
    }),
    [strategies, chainName],
  )
}
