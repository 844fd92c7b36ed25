'use client'
import { useEffect } from 'react'
import { useInstallation } from '../installation'
import { browserShelf } from './browser-shelf'
import { keepCheckpoint } from './checkpoint-store'

/** Seconds between two looks at the log. */
const PAUSE = 60
let lookedAt = 0

/** Keeps the log's newest state in this browser, so that a later audit can tell whether its history was changed. */
export function useRememberLog(): void {
  const { log } = useInstallation()
  useEffect(() => {
    const now = Date.now() / 1000
    if (now - lookedAt < PAUSE) return
    lookedAt = now
    remember(log.keys).catch(() => {
      // It was worth a try; the next page tries again.
      lookedAt = 0
    })
  }, [log])
}

async function remember(keys: readonly string[]): Promise<void> {
  const response = await fetch('/log/checkpoint', { cache: 'no-store' })
  if (!response.ok) return
  const note = await response.text()
  // The server's clock, as in what it says of messages: the reader's own may be wrong.
  const seenAt = Math.floor(Date.parse(response.headers.get('date') ?? '') / 1000)
  keepCheckpoint(browserShelf(), { note, ...(seenAt > 0 && { seenAt }) }, keys)
}
