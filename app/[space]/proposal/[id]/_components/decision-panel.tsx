'use client'
import { Check } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import { Ballot } from '../../../../_ballots/ballot'
import { Publication } from '../../../../_components/publication'
import { Amount } from '../../../../_components/ui/amount'
import { Button } from '../../../../_components/ui/button'
import { Field, Textarea } from '../../../../_components/ui/field'
import { hostOf } from '../../../../_components/ui/host-of'
import { Notice } from '../../../../_components/ui/notice'
import { Panel } from '../../../../_components/ui/panel'
import { Time } from '../../../../_components/ui/time'
import { voteUnit } from '../../../../_components/vote-unit'
import { words } from '../../../../_components/words'
import { useWallet } from '../../../../_wallet/use-wallet'
import { useConnectDialog } from '../../../../_wallet/wallet-provider'
import { hiddenWords } from './hidden-words'
import { Power } from './power'
import { RelayedVote } from './relayed-vote'
import { takesBallots } from './takes-ballots'
import { useContractWallet } from './use-contract-wallet'
import { useRelayedVotes } from './use-relayed-votes'
import type { VoteDraft } from './use-vote'

/** The place where a vote is cast, and where it is found again. */
export function DecisionPanel({
  proposal,
  vote,
}: {
  readonly proposal: ProposalView
  readonly vote: VoteDraft
}) {
  return (
    <Panel title="Your vote">
      <Decision proposal={proposal} vote={vote} />
    </Panel>
  )
}

export function Decision({ proposal, vote }: { readonly proposal: ProposalView; readonly vote: VoteDraft }) {
  const { state, ownVote } = proposal
  const { stage } = vote.publishing
  const voted = ownVote !== null || stage === 'accepted'
  const takes = takesBallots(proposal)
  const open = state === 'active' && takes
  const relayed = useRelayedVotes(proposal)
  const isRelayed = stage === 'relayed' || relayed.own !== null
  const change = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)
  const { editing } = vote
  // The ballot was closed and took the focus along; of one that was sent, the publication has it.
  useEffect(() => {
    if (wasEditing.current && !editing && stage === 'idle') change.current?.focus()
    wasEditing.current = editing
  }, [editing, stage])
  const asOwner = relayed.asOwner.map((item) => (
    <RelayedVote key={item.id} proposal={proposal} relayed={item} isOwn={false} />
  ))
  if (open && stage !== 'relayed' && ((!voted && !isRelayed) || vote.editing)) {
    return (
      <div className="flex flex-col gap-4">
        {asOwner}
        <Casting proposal={proposal} vote={vote} />
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-3">
      {asOwner}
      {stage === 'relayed' && <Publication publishing={vote.publishing} what="Your vote" />}
      {stage !== 'relayed' && relayed.own && <RelayedVote proposal={proposal} relayed={relayed.own} isOwn />}
      {state === 'pending' && takes && (
        <>
          <p>
            Voting opens <Time at={proposal.start} form="both" />.
          </p>
          <Power vote={vote} symbol={proposal.symbol} />
        </>
      )}
      {ownVote && stage !== 'accepted' && <OwnVote proposal={proposal} vote={ownVote} />}
      {stage === 'accepted' && (
        <>
          {ownVote && vote.isShown && <OwnVote proposal={proposal} vote={ownVote} fresh />}
          <Publication publishing={vote.publishing} what="Your vote" />
        </>
      )}
      {open && (voted || isRelayed) && (
        <Button ref={change} onClick={vote.edit} className="self-start">
          {words.changeVote}
        </Button>
      )}
      {proposal.origin ? (
        <p className="text-muted">
          This vote {state === 'active' || state === 'pending' ? 'takes' : 'took'} place on{' '}
          {hostOf(proposal.origin.hub)}: no votes are taken here.
        </p>
      ) : !takes ? (
        <p className="text-muted">{hiddenWords(proposal)}: no votes are taken.</p>
      ) : (
        state !== 'pending' &&
        state !== 'active' &&
        !ownVote && <p className="text-muted">Voting is closed.</p>
      )}
    </div>
  )
}

function OwnVote({
  proposal,
  vote,
  fresh = false,
}: {
  readonly proposal: ProposalView
  readonly vote: NonNullable<ProposalView['ownVote']>
  /** Just cast: when and where in the log is said right below. */
  readonly fresh?: boolean
}) {
  return (
    <div>
      <p className="flex items-start gap-2 font-medium">
        <Check aria-hidden className="mt-0.5 size-4.5 shrink-0 text-for" />
        <span className="min-w-0 break-words">
          You voted {vote.choiceText ? <bdi>{vote.choiceText}</bdi> : 'for none of the options'}
        </span>
      </p>
      <p className="mt-0.5 text-muted text-small">
        {vote.powerState === 'unrecorded' ? (
          'Accepted, but not signed by the voter’s own key: the module does not count it'
        ) : vote.power === null ? (
          'Accepted; counted as soon as your power can be read'
        ) : (
          <>
            with <Amount value={vote.power} symbol={voteUnit(proposal.symbol, vote.power)} />
          </>
        )}
        {!fresh && (
          <>
            {' '}
            · <Time at={vote.acceptedAt} /> · #{vote.logIndex} of the log,{' '}
            <Link href={`/verify/${vote.id}`} className="link">
              verify
            </Link>
          </>
        )}
      </p>
      {vote.reason && (
        <p dir="auto" className="mt-1.5 break-words border-s-2 ps-3">
          {vote.reason}
        </p>
      )}
    </div>
  )
}

function Casting({ proposal, vote }: { readonly proposal: ProposalView; readonly vote: VoteDraft }) {
  const wallet = useWallet()
  const openConnect = useConnectDialog()
  const isContract = useContractWallet(proposal.execution?.module ? proposal.execution.chainId : null)
  const { stage } = vote.publishing
  const busy = stage === 'signing' || stage === 'sent'
  const power = vote.power.view
  const powerless = power?.state === 'known' && BigInt(power.total) === 0n
  // An empty approval ballot is a valid one.
  const choice = vote.choice ?? (vote.ballot === 'multiple' && vote.editing ? [] : null)
  const form = useRef<HTMLFormElement>(null)
  const { editing } = vote
  // The button that opened it is gone: whoever pressed it by keyboard goes on in the ballot.
  useEffect(() => {
    if (editing) form.current?.querySelector('fieldset')?.focus()
  }, [editing])
  return (
    <form
      ref={form}
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!wallet.address) openConnect()
        else if (choice !== null && !powerless && !busy) vote.submit()
      }}
    >
      <Ballot
        kind={vote.ballot}
        options={proposal.choices}
        value={vote.choice}
        onChange={vote.setChoice}
        disabled={busy}
      />
      <details className="group" open={vote.reason !== ''}>
        <summary className="link inline-flex min-h-6 list-none items-center [&::-webkit-details-marker]:hidden">
          Add a reason
        </summary>
        <Field label="Reason" labelHidden hint="Public, signed with your vote." className="mt-2">
          <Textarea
            rows={3}
            maxLength={5000}
            value={vote.reason}
            onChange={(event) => vote.setReason(event.target.value)}
            disabled={busy}
          />
        </Field>
      </details>
      {wallet.address && <Power vote={vote} symbol={proposal.symbol} />}
      {isContract && (
        <Notice kind="warn" title="This account is a contract">
          <p>
            The tally module counts signatures of keys. You can sign: your ballot is kept and shown, and
            counts only once it is recorded on chain, which this version cannot do yet. Delegate to a key
            before the next proposal to be counted.
          </p>
        </Notice>
      )}
      {busy || stage === 'failed' ? (
        <Publication
          publishing={vote.publishing}
          what="Your vote"
          onRetry={choice === null ? undefined : () => vote.submit()}
        />
      ) : (
        <Button
          type="submit"
          look="primary"
          className="w-full"
          disabled={wallet.address !== null && (choice === null || powerless)}
        >
          {wallet.address ? words.signVote : words.connectWallet}
        </Button>
      )}
      {editing && !busy && (
        <Button look="quiet" className="w-full" onClick={vote.keep}>
          Keep my vote
        </Button>
      )}
      <p className="text-muted text-small">
        {wallet.address && choice === null && !powerless
          ? 'Choose first. Signing is free; you can change your vote until the end.'
          : 'Signing is free. You can change your vote until the end.'}
      </p>
    </form>
  )
}
