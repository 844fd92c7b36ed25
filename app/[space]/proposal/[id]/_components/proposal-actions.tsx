'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { cancelProposalTypedData, flagProposalTypedData } from '../../../../../lib/client/typed-data'
import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import { api } from '../../../../_components/api'
import { ConfirmedMessage } from '../../../../_components/confirmed-message'
import { Button } from '../../../../_components/ui/button'
import { useWallet } from '../../../../_wallet/use-wallet'
import { editObstacle } from '../../../create/_components/edit-obstacle'
import { takesBallots } from './takes-ballots'

/** What its author, and the space's admins and moderators, can do to a proposal that is there. */
export function ProposalActions({ proposal }: { readonly proposal: ProposalView }) {
  const { address } = useWallet()
  const queries = useQueryClient()
  const isModerator = useIsModerator(proposal.space)
  const isAuthor = address === proposal.author
  const renew = () => queries.invalidateQueries({ queryKey: ['proposal', proposal.id] })
  const isOpen = proposal.state === 'pending' || proposal.state === 'active'
  const isModule = proposal.execution?.module != null
  if (proposal.origin) return null
  return (
    <div className="mt-4 flex flex-wrap gap-2 border-t pt-4 empty:hidden">
      {isAuthor && editObstacle(proposal, Date.now() / 1000) === null && (
        <Button asChild>
          <Link href={`/${proposal.space}/create?edit=${proposal.id}`}>Edit</Link>
        </Button>
      )}
      <ConfirmedMessage
        may={isOpen && takesBallots(proposal) && proposal.hidden === null && (isAuthor || isModerator)}
        label={isAuthor ? 'Withdraw' : 'Hide from lists'}
        title={isAuthor ? 'Withdraw this proposal?' : 'Hide this proposal?'}
        description={`It disappears from the lists${isModule && !isAuthor ? '; its tally module goes on all the same, and so does the vote' : ' and nobody can vote on it any more'}. What was signed stays in the log, this too.${isModule && isAuthor ? ' It is also handed to the tally module, which then never executes it.' : ''}`}
        signLabel={isAuthor ? 'Sign the withdrawal' : 'Sign that it is hidden'}
        what={isAuthor ? 'The withdrawal' : 'Hiding it'}
        make={(from, timestamp) =>
          cancelProposalTypedData({ from, timestamp, space: proposal.space, proposal: proposal.id })
        }
        onAccepted={async () => {
          // The withdrawal can be handed in at once, whether or not a worker runs that would look by itself.
          if (isModule) await api.refreshSettlement(proposal.id).catch(() => undefined)
          await renew()
        }}
      />
      <ConfirmedMessage
        may={isModerator && proposal.flagged === null}
        label="Flag as spam"
        title="Flag this proposal as spam?"
        description="It leaves the lists and is shown behind a warning. The vote and its result stay as they are. Your account stands beside the flag in the log; only whoever runs this server can take it off again."
        signLabel="Sign the flag"
        what="The flag"
        make={(from, timestamp) =>
          flagProposalTypedData({ from, timestamp, space: proposal.space, proposal: proposal.id })
        }
        onAccepted={renew}
      />
    </div>
  )
}

/** Whether the connected account is among those whom the space's settings name. */
function useIsModerator(space: string): boolean {
  const { address } = useWallet()
  const { data } = useQuery({
    queryKey: ['space', space],
    queryFn: () => api.space(space),
    enabled: address !== null,
    staleTime: 60_000,
  })
  return address !== null && [...(data?.admins ?? []), ...(data?.moderators ?? [])].includes(address)
}
