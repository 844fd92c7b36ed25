'use client'
import { useCallback, useEffect, useState } from 'react'

/** Where something typed is: `new` nothing yet, `kept` in this browser, `refused` the browser keeps nothing. */
export type Keeping = 'new' | 'kept' | 'refused'

/** Something kept in this browser under `key`. `found` is what was there when the page opened, as JSON gives it back. */
export function useKept(key: string) {
  const [found, setFound] = useState<unknown>(null)
  const [keeping, setKeeping] = useState<Keeping>('new')

  // Read only after the server's markup is adopted.
  useEffect(() => {
    try {
      const text = localStorage.getItem(key)
      if (!text) return
      setFound(JSON.parse(text))
      setKeeping('kept')
    } catch {
      setKeeping('refused')
    }
  }, [key])

  const keep = useCallback(
    (value: unknown) => {
      try {
        localStorage.setItem(key, JSON.stringify(value))
        setKeeping('kept')
      } catch {
        setKeeping('refused')
      }
    },
    [key],
  )
  const forget = useCallback(() => {
    setFound(null)
    setKeeping('new')
    try {
      localStorage.removeItem(key)
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }, [key])
  return { found, keeping, keep, forget }
}
