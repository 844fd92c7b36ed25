'use client'
import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import type { RelayedView } from '../../../../../lib/core/views/relayed-view'
import { getVotingSystem } from '../../../../../lib/core/voting/registry'
import type { Choice } from '../../../../../lib/core/voting/voting-system'
import { RelayedProgress } from '../../../../_components/relayed/relayed-progress'
import { useRelayed } from '../../../../_components/relayed/use-relayed'
import { Address } from '../../../../_components/ui/address'

/** A Safe's ballot that waits for its owners: what it says, who has approved, and the way to approve it. */
export function RelayedVote({
  proposal,
  relayed: known,
  isOwn,
}: {
  readonly proposal: ProposalView
  readonly relayed: RelayedView
  /** Whether the wallet itself is connected, not one of its owners. */
  readonly isOwn: boolean
}) {
  const relayed = useRelayed(known.id, known).data ?? known
  const { reason } = relayed.message
  return (
    <section aria-label="Vote waiting for approval" className="rounded-control border p-3">
      <p className="mb-2">
        {isOwn ? (
          'Your wallet’s vote '
        ) : (
          <>
            <Address address={relayed.address} copy={false} /> votes{' '}
          </>
        )}
        <strong className="break-words font-semibold">
          <bdi>{choiceText(proposal, relayed)}</bdi>
        </strong>
        {isOwn ? ' waits for its owners.' : ' once its owners have approved.'}
        {typeof reason === 'string' && reason !== '' && (
          <span dir="auto" className="mt-1 block break-words border-s-2 ps-3">
            {reason}
          </span>
        )}
      </p>
      <RelayedProgress relayed={relayed} what="The vote" />
    </section>
  )
}

function choiceText({ type, choices }: ProposalView, { message, kind }: RelayedView): string {
  try {
    const choice = kind === 'vote-string' ? JSON.parse(String(message.choice)) : message.choice
    return getVotingSystem(type).describeChoice(choice as Choice, choices)
  } catch {
    return 'something that does not fit this proposal'
  }
}
