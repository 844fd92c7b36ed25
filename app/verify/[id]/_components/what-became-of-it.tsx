'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { ProposalView } from '../../../../lib/core/views/proposal-view'
import type { MessageView } from '../../../../lib/core/views/record-view'
import { Amount } from '../../../_components/ui/amount'
import { Panel } from '../../../_components/ui/panel'
import { voteUnit } from '../../../_components/vote-unit'
import { words } from '../../../_components/words'

/** Whether a ballot counts, and with how much; and where anyone can have it recounted. */
export function WhatBecameOfIt({
  ballot,
  proposal,
}: {
  readonly ballot: NonNullable<MessageView['ballot']>
  readonly proposal: ProposalView
}) {
  const place = `/${proposal.space}/proposal/${proposal.id}`
  return (
    <Panel title="What became of it">
      <p>{outcome(ballot, proposal)}</p>
      <p className="mt-2 text-muted text-small">
        This is what the server says.{' '}
        {proposal.outcome ? (
          <>
            The vote is closed:{' '}
            <Link href={`${place}#verification`} className="link">
              verify its result
            </Link>{' '}
            to have every ballot recounted, this one too.
          </>
        ) : (
          <>
            Once{' '}
            <Link href={place} className="link">
              the vote
            </Link>{' '}
            is closed, anyone can recount it.
          </>
        )}
      </p>
    </Panel>
  )
}

function outcome(
  { state, power, current }: NonNullable<MessageView['ballot']>,
  proposal: ProposalView,
): ReactNode {
  switch (state) {
    case 'counted':
      return (
        <>
          {proposal.outcome ? 'It was counted' : 'It counts'}, with{' '}
          <strong className="font-semibold">
            <Amount value={power ?? '0'} symbol={voteUnit(proposal.symbol, power ?? '0')} />
          </strong>
          .
        </>
      )
    case 'superseded':
      return (
        <>
          Its author has voted again:{' '}
          <Link href={`/verify/${current}`} className="link">
            the later vote
          </Link>{' '}
          stands in its place.
        </>
      )
    case 'pending':
      return 'It is accepted, and counted as soon as its author’s votes can be read from the chain.'
    case 'powerless':
      return 'It adds nothing: its author had no votes at the proposal’s block.'
    case 'uncountable':
      return `It is kept and not counted. ${words.unrecorded}`
  }
}
