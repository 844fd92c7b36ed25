'use client'
import { ErrorNotice } from './ui/error-notice'

/** In place of a page that failed. */
export function PageError({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <ErrorNotice
      what="This page could not be shown."
      // In production a server component's error arrives with a placeholder for a message.
      error={isFromServer(error) ? null : error}
      onRetry={retry}
    />
  )
}

function isFromServer(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'digest' in error
}
