'use client'
import type { ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import { Address } from '../../../../_components/ui/address'
import { Button } from '../../../../_components/ui/button'
import { Notice } from '../../../../_components/ui/notice'
import { words } from '../../../../_components/words'

/** Covers what was flagged until the reader asks to see it. */
export function FlaggedCover({
  flagged,
  children,
}: {
  readonly flagged: ProposalView['flagged']
  readonly children: ReactNode
}) {
  const [shown, setShown] = useState(false)
  const content = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (shown) content.current?.querySelector('h1')?.focus()
  }, [shown])
  const isCovered = flagged !== null && !shown
  return (
    <>
      {flagged && (
        <Notice kind="warn" title={words.flagged[flagged.as]} className="mb-6">
          <p>
            {flagged.by === null ? (
              'Whoever runs this server flagged it.'
            ) : (
              <>
                Flagged by <Address address={flagged.by} copy={false} person />, whom the space trusts with
                that.
              </>
            )}{' '}
            Do not follow its links, and do not sign what they ask for.
          </p>
          {isCovered && (
            <Button className="mt-2" onClick={() => setShown(true)}>
              Show it all the same
            </Button>
          )}
        </Notice>
      )}
      {isCovered && <h1 className="sr-only">{words.flagged[flagged.as]}</h1>}
      {/* It stays in its place: whoever has just flagged it reads in its dialog what became of that. */}
      <div ref={content} hidden={isCovered}>
        {children}
      </div>
    </>
  )
}
