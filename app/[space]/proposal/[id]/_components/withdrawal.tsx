'use client'
import { useQueryClient } from '@tanstack/react-query'
import { cancelProposalTypedData } from '../../../../../lib/client/typed-data'
import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import { Publication } from '../../../../_components/publication'
import { Button } from '../../../../_components/ui/button'
import { Overlay } from '../../../../_components/ui/overlay'
import { usePublish } from '../../../../_wallet/use-publish'
import { useWallet } from '../../../../_wallet/use-wallet'
import { takesBallots } from './takes-ballots'

/** The author's way to take an undecided proposal back. It leaves the lists; the log keeps it. */
export function Withdrawal({ proposal }: { readonly proposal: ProposalView }) {
  const { address } = useWallet()
  const queries = useQueryClient()
  const { publishing, publish, reset } = usePublish()
  const undecided = proposal.state === 'pending' || proposal.state === 'active'
  if (address !== proposal.author || !undecided || !takesBallots(proposal)) return null

  async function withdraw() {
    if (!address) return
    const accepted = await publish(
      cancelProposalTypedData({
        from: address,
        space: proposal.space,
        timestamp: Math.floor(Date.now() / 1000),
        proposal: proposal.id,
      }),
    )
    if (accepted) await queries.invalidateQueries({ queryKey: ['proposal', proposal.id] })
  }

  return (
    <div className="mt-4 border-t pt-4">
      <Overlay
        title="Withdraw this proposal?"
        description={`It disappears from the lists and nobody can vote on it any more. What was signed stays in the log, this withdrawal too.${proposal.execution?.module ? ' It is also handed to the tally module, which then never executes it.' : ''}`}
        onOpenChange={(open) => open && reset()}
        trigger={<Button>Withdraw</Button>}
      >
        {publishing.stage === 'idle' ? (
          <Button look="danger" onClick={withdraw}>
            Sign the withdrawal
          </Button>
        ) : (
          <Publication
            publishing={publishing}
            logged={!takesBallots(proposal)}
            what="The withdrawal"
            onRetry={withdraw}
          />
        )}
      </Overlay>
    </div>
  )
}
