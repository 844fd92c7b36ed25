'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { voteTypedData } from '../../../../../lib/client/typed-data'
import type { PowerView, ProposalView } from '../../../../../lib/core/views/proposal-view'
import { findVotingSystem } from '../../../../../lib/core/voting/registry'
import type { BallotKind, Choice } from '../../../../../lib/core/voting/voting-system'
import { api } from '../../../../_components/api'
import { type Publishing, usePublish } from '../../../../_wallet/use-publish'
import { useWallet } from '../../../../_wallet/use-wallet'

/** The vote being prepared on a proposal's page; one state for the column and the phone's sheet. */
export interface VoteDraft {
  readonly ballot: BallotKind
  readonly choice: Choice | null
  readonly reason: string
  /** Whether the ballot is open although a vote has been cast. */
  readonly editing: boolean
  readonly power: { readonly view: PowerView | undefined; readonly error: unknown; retry(): void }
  readonly publishing: Publishing
  /** Whether the page shows the vote that was just cast. */
  readonly isShown: boolean
  setChoice(choice: Choice | null): void
  setReason(reason: string): void
  edit(): void
  /** Closes the ballot again: the vote that was cast stands. */
  keep(): void
  submit(): Promise<void>
}

export function useVote(proposal: ProposalView, onAccepted: () => void): VoteDraft {
  const { address } = useWallet()
  const { publishing, publish, reset } = usePublish()
  // Another hub may count in ways that are not known here; such a proposal takes no votes.
  const ballot = findVotingSystem(proposal.type)?.ballot ?? 'single'
  const [choice, setChoice] = useState<Choice | null>(null)
  const [reason, setReason] = useState('')
  const [editing, setEditing] = useState(false)
  const signedAt = useRef(0)

  const power = useQuery({
    queryKey: ['power', proposal.id, address],
    queryFn: () => api.power(proposal.id, address ?? ''),
    enabled: address !== null,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state: { data } }) => (data?.state === 'pending' ? 5000 : false),
  })

  // Another account is another voter: what one prepared or sent is not shown as the other's.
  useEffect(() => {
    signedAt.current = 0
    setEditing(false)
    setChoice(null)
    setReason('')
    reset()
    void address
  }, [address, reset])

  return {
    ballot,
    choice,
    reason,
    editing,
    power: { view: power.data, error: power.error, retry: () => power.refetch() },
    publishing,
    isShown: publishing.stage === 'accepted' && proposal.ownVote?.id === publishing.accepted.id,
    setChoice,
    setReason,
    edit() {
      reset()
      setChoice(proposal.ownVote?.choice ?? null)
      setReason(proposal.ownVote?.reason ?? '')
      setEditing(true)
    },
    keep() {
      reset()
      setEditing(false)
    },
    async submit() {
      if (choice === null || !address) return
      // Of two votes of one second, the one with the smaller id would not count, whichever came later.
      const former = Math.max(signedAt.current, proposal.ownVote?.createdAt ?? 0)
      const timestamp = Math.max(Math.floor(Date.now() / 1000), former + 1)
      const accepted = await publish(
        voteTypedData({
          from: address,
          space: proposal.space,
          timestamp,
          proposal: proposal.id,
          ballot,
          choice,
          reason: reason.trim(),
          app: 'comitia',
        }),
      )
      if (accepted) {
        signedAt.current = timestamp
        setEditing(false)
        onAccepted()
      }
    },
  }
}
