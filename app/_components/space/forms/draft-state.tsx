'use client'
import { Button } from '../../ui/button'
import { Overlay } from '../../ui/overlay'
import type { Keeping } from './use-kept'

/** Whether what is typed here is kept, and a way to begin anew. */
export function DraftState({
  keeping,
  onDiscard,
}: {
  readonly keeping: Keeping
  readonly onDiscard: () => void
}) {
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-muted text-small" aria-live="polite">
      {keeping === 'kept' && 'Draft kept in this browser'}
      {keeping === 'refused' && 'This browser does not keep drafts'}
      {keeping === 'kept' && (
        <Overlay
          title="Throw this draft away?"
          trigger={
            <button type="button" className="link min-h-6">
              Start over
            </button>
          }
        >
          <p>Everything typed here will be gone, in this browser and everywhere.</p>
          <Button look="danger" className="mt-4" onClick={onDiscard}>
            Throw it away
          </Button>
        </Overlay>
      )}
    </p>
  )
}
