'use client'
import { useSyncExternalStore } from 'react'

/** The time in unix seconds, renewed every `stepSeconds`. */
export function useNow(stepSeconds = 1): number {
  const read = () => Math.floor(Date.now() / 1000 / stepSeconds) * stepSeconds
  return useSyncExternalStore(
    (changed) => {
      const timer = setInterval(changed, Math.min(stepSeconds * 1000, 1000))
      return () => clearInterval(timer)
    },
    read,
    read,
  )
}
