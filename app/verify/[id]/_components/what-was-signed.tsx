'use client'
import Link from 'next/link'
import type { ResolvedMessage } from '../../../../lib/core/messages/resolve-message'
import type { ProposalView } from '../../../../lib/core/views/proposal-view'
import type { MessageView } from '../../../../lib/core/views/record-view'
import { describeChanges } from '../../../_components/space/forms/describe-changes'
import { useNames } from '../../../_components/space/forms/use-names'
import { Address } from '../../../_components/ui/address'
import { Panel } from '../../../_components/ui/panel'
import { Time } from '../../../_components/ui/time'
import { ballotWords } from './message-words'

/** A message in words, by its kind: what its author saw and signed, then when it came and where it lies. */
export function WhatWasSigned({
  view,
  resolved,
  proposal,
}: {
  readonly view: MessageView
  readonly resolved: ResolvedMessage
  readonly proposal: ProposalView | null
}) {
  return (
    <Panel title="What was signed">
      <dl className="grid gap-x-6 sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-y-2.5 [&_dd]:min-w-0 [&_dd]:break-words max-sm:[&_dd]:mb-2.5 [&_dt]:text-muted">
        <Content resolved={resolved} proposal={proposal} />
        <dt>Author</dt>
        <dd>
          <Address address={resolved.from} />
        </dd>
        <dt>Signed</dt>
        <dd>
          <Time at={resolved.timestamp} form="both" />, by the author’s clock
        </dd>
        <dt>Accepted</dt>
        <dd>
          <Time at={Math.floor(view.acceptedAtMs / 1000)} form="both" />, by the server’s
        </dd>
        <dt>Place in the log</dt>
        <dd>#{view.logIndex}</dd>
      </dl>
    </Panel>
  )
}

function Content({
  resolved,
  proposal,
}: {
  readonly resolved: ResolvedMessage
  readonly proposal: ProposalView | null
}) {
  const { kind, message } = resolved
  const text = (name: string) => (typeof message[name] === 'string' ? message[name] : '')
  const about = proposal && (
    <>
      <dt>Proposal</dt>
      <dd>
        <Link href={`/${proposal.space}/proposal/${proposal.id}`} className="link">
          {proposal.title}
        </Link>{' '}
        <span className="text-muted">in {proposal.space}</span>
      </dd>
    </>
  )
  switch (kind) {
    case 'vote':
    case 'vote-array':
    case 'vote-string':
      return (
        <>
          <dt>Choice</dt>
          <dd>
            {ballotWords(resolved, proposal)}{' '}
            <span className="text-muted">(signed as {JSON.stringify(message.choice)})</span>
          </dd>
          {text('reason') && (
            <>
              <dt>Reason</dt>
              <dd>“{text('reason')}”</dd>
            </>
          )}
          {about}
        </>
      )
    case 'proposal':
    case 'update-proposal':
      return (
        <>
          <dt>Title</dt>
          <dd>{text('title')}</dd>
          <dt>Choices</dt>
          <dd>{Array.isArray(message.choices) && message.choices.join(' · ')}</dd>
          {kind === 'proposal' && (
            <>
              <dt>Open</dt>
              <dd>
                <Time at={Number(message.start)} form="local" /> to{' '}
                <Time at={Number(message.end)} form="local" />
              </dd>
            </>
          )}
          {about}
        </>
      )
    case 'settings':
      return <Settings text={text('settings')} />
    default:
      return about
  }
}

function Settings({ text }: { readonly text: string }) {
  const lines = describeChanges({ name: '', network: '', strategies: [] }, JSON.parse(text), useNames())
  return lines.map(({ field, after }) => (
    <div key={field} className="contents">
      <dt>{field}</dt>
      <dd className="whitespace-pre-line">{after}</dd>
    </div>
  ))
}
