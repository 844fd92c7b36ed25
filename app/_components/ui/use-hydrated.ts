'use client'
import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False while the server's markup is being adopted, true from the first client render after it. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
