import { ArrowUpRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { words } from '../words'

/** A link that leaves, and says so. */
export function ExternalLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc" className="link">
      {children}
      <ArrowUpRight aria-hidden className="ml-0.5 inline size-3.5" />
      <span className="sr-only"> ({words.leavesSite})</span>
    </a>
  )
}
