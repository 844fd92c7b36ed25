'use client'
import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import { Button } from '../../../../_components/ui/button'
import { Overlay } from '../../../../_components/ui/overlay'
import { Time } from '../../../../_components/ui/time'
import { Decision } from './decision-panel'
import { takesBallots } from './takes-ballots'
import type { VoteDraft } from './use-vote'

/** On narrow screens: the decision at the bottom edge, one tap away from wherever one reads. */
export function DecisionBar({
  proposal,
  vote,
}: {
  readonly proposal: ProposalView
  readonly vote: VoteDraft
}) {
  if (proposal.state !== 'active' || !takesBallots(proposal)) return null
  const { ownVote } = proposal
  return (
    // First in the reading order, last on the screen.
    <div className="fixed inset-x-0 bottom-[var(--demo-bar,0px)] z-20 flex items-center justify-between gap-3 border-t bg-raised px-4 py-2.5 lg:hidden">
      <p className="min-w-0 text-small">
        <span className="block truncate font-medium">
          {ownVote ? (
            <>
              You voted <bdi>{ownVote.choiceText}</bdi>
            </>
          ) : (
            'You have not voted'
          )}
        </span>
        <span className="text-muted">
          ends <Time at={proposal.end} known="ahead" />
        </span>
      </p>
      <Overlay
        shape="sheet"
        title="Your vote"
        trigger={
          <Button look={ownVote ? 'secondary' : 'primary'} className="shrink-0">
            {ownVote ? 'Your vote' : 'Vote'}
          </Button>
        }
      >
        <Decision proposal={proposal} vote={vote} />
      </Overlay>
    </div>
  )
}
