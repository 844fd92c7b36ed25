'use client'
import {
  ChevronDown,
  CircleSlash,
  FileText,
  Flag,
  type LucideIcon,
  Pencil,
  Scale,
  Settings,
  Signature,
  Trash2,
  Vote,
  Zap,
} from 'lucide-react'
import Link from 'next/link'
import { useId, useState } from 'react'
import { describeFact } from '../../../../lib/core/trail/describe-fact'
import type { TrailEntry } from '../../../../lib/core/views/trail-view'
import { Address } from '../../../_components/ui/address'
import { AddressedText } from '../../../_components/ui/addressed-text'
import { classNames } from '../../../_components/ui/class-names'
import { Time } from '../../../_components/ui/time'
import { EntryDetails } from './entry-details'

const icons: Readonly<Record<TrailEntry['what']['kind'], LucideIcon>> = {
  ballot: Vote,
  proposal: FileText,
  edit: Pencil,
  withdrawal: CircleSlash,
  flag: Flag,
  deletion: Trash2,
  settings: Settings,
  result: Scale,
  settlement: Zap,
  confirmation: Signature,
}

/** Letters that a row shows before it is opened, or few more. */
const LONG = 220

/** Where it is known from, if not from the log. */
const origins: Readonly<Partial<Record<keyof typeof icons, string>>> = {
  result: 'computed by this server',
  settlement: 'read from the chain',
  confirmation: 'signed for the Safe',
}

/** One entry: who did what, when, and where in the log; the message itself on request. */
export function TrailRow({
  space,
  entry,
  inProposal,
}: {
  readonly space: string
  readonly entry: TrailEntry
  /** The whole list is about one proposal: its title goes without saying. */
  readonly inProposal: boolean
}) {
  const [isOpen, setOpen] = useState(false)
  const details = useId()
  const { what, author, proposal, message } = entry
  const Icon = icons[what.kind]
  const sentence = describeFact(what)
  const isSuperseded = what.kind === 'ballot' && what.state === 'superseded'
  return (
    <li className="px-4 py-3">
      <div className="flex gap-3">
        <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0 text-muted max-[400px]:hidden" />
        <div className="min-w-0 flex-1">
          <p
            className={classNames(
              '[overflow-wrap:anywhere]',
              isSuperseded && 'text-muted',
              !isOpen && sentence.length > LONG && 'line-clamp-3',
            )}
          >
            {author && (
              <>
                <Address address={author} copy={false} person />{' '}
              </>
            )}
            <AddressedText
              text={author ? `${sentence[0]?.toLowerCase()}${sentence.slice(1)}` : sentence}
              plain
            />
          </p>
          {'reason' in what && what.reason && what.kind === 'ballot' && (
            <p className={classNames('mt-0.5 break-words text-muted', !isOpen && 'line-clamp-2')}>
              <bdi>“{what.reason}”</bdi>
            </p>
          )}
          <p className="mt-0.5 flex flex-wrap gap-x-2 text-muted text-small">
            <Time at={entry.at} quiet />
            <span>{message ? `#${message.logIndex}` : origins[what.kind]}</span>
            {proposal && !inProposal && (
              <Link href={`/${space}/proposal/${proposal.id}`} className="link min-w-0 max-w-full truncate">
                {proposal.title}
              </Link>
            )}
          </p>
        </div>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={details}
          aria-label={message ? `Details of #${message.logIndex}` : `Details of: ${sentence}`}
          onClick={() => setOpen(!isOpen)}
          className="-mr-2 flex size-control shrink-0 items-center justify-center rounded-control text-muted hover:bg-hover hover:text-ink"
        >
          <ChevronDown
            aria-hidden
            className={classNames('size-4.5 transition-transform', isOpen && 'rotate-180')}
          />
        </button>
      </div>
      <div id={details} hidden={!isOpen}>
        {isOpen && <EntryDetails space={space} entry={entry} />}
      </div>
    </li>
  )
}
