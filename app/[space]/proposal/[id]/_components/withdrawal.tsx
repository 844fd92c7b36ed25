'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { cancelProposalTypedData } from '../../../../../lib/client/typed-data'
import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import { api } from '../../../../_components/api'
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
  const [open, setOpen] = useState(false)
  const undecided = proposal.state === 'pending' || proposal.state === 'active'
  const may = address === proposal.author && undecided && takesBallots(proposal)
  // Whoever has just withdrawn it reads to the end what became of that.
  if (!may && !open) return null

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
    if (!accepted) return
    // The withdrawal can be handed in at once, whether or not a worker runs that would look by itself.
    if (proposal.execution?.module) await api.refreshSettlement(proposal.id).catch(() => undefined)
    await queries.invalidateQueries({ queryKey: ['proposal', proposal.id] })
  }

  return (
    <div className="mt-4 border-t pt-4">
      <Overlay
        title="Withdraw this proposal?"
        description={`It disappears from the lists and nobody can vote on it any more. What was signed stays in the log, this withdrawal too.${proposal.execution?.module ? ' It is also handed to the tally module, which then never executes it.' : ''}`}
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          if (next) reset()
        }}
        trigger={<Button>Withdraw</Button>}
      >
        {publishing.stage === 'idle' ? (
          <Button look="danger" onClick={withdraw}>
            Sign the withdrawal
          </Button>
        ) : (
          <Publication publishing={publishing} what="The withdrawal" onRetry={withdraw} />
        )}
      </Overlay>
    </div>
  )
}
