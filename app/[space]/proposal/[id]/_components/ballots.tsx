'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import type { ProposalView, VoteView } from '../../../../../lib/core/views/proposal-view'
import { api } from '../../../../_components/api'
import { useInstallation } from '../../../../_components/installation'
import { Address } from '../../../../_components/ui/address'
import { Amount } from '../../../../_components/ui/amount'
import { Button } from '../../../../_components/ui/button'
import { ErrorNotice } from '../../../../_components/ui/error-notice'
import { Select } from '../../../../_components/ui/field'
import { Notice } from '../../../../_components/ui/notice'
import { Panel } from '../../../../_components/ui/panel'
import { Loading, Skeleton } from '../../../../_components/ui/skeleton'
import { Time } from '../../../../_components/ui/time'
import { useDebounced } from '../../../../_components/ui/use-debounced'
import { words } from '../../../../_components/words'

/** Every ballot that counts, one a voter; the largest or the newest first. */
export function Ballots({ proposal }: { readonly proposal: ProposalView }) {
  const [text, setText] = useState('')
  const [order, setOrder] = useState<'power' | 'new'>('power')
  const [choice, setChoice] = useState(0)
  const found = useAddressSearch(text.trim())
  const search = useDebounced(found ?? '')
  const byOption = ['basic', 'single-choice'].includes(proposal.type)
  const query = useInfiniteQuery({
    queryKey: ['ballots', proposal.id, order, choice, search],
    queryFn: ({ pageParam }) =>
      api.votes(proposal.id, {
        order,
        ...(pageParam && { after: pageParam }),
        ...(choice > 0 && { choice }),
        ...(search && { search }),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    // Renewing many pages at once would cost more than it tells.
    refetchInterval: ({ state: { data } }) =>
      proposal.state === 'active' && (data?.pages.length ?? 0) <= 2 ? 4000 : false,
  })
  const ballots = query.data?.pages.flatMap(({ items }) => items)

  return (
    <Panel
      title={
        <>
          Ballots <span className="font-normal text-muted">({proposal.votes.toLocaleString('en')})</span>
        </>
      }
    >
      <div className="mb-2 grid gap-2 sm:flex">
        <input
          type="search"
          aria-label="Search ballots by voter"
          placeholder="Voter’s address"
          className="field-box min-w-0 flex-1"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex gap-2 sm:shrink-0">
          <Select
            aria-label="Order"
            value={order}
            onChange={(event) => setOrder(event.target.value === 'new' ? 'new' : 'power')}
            className="max-sm:flex-1"
          >
            <option value="power">Largest first</option>
            <option value="new">Newest first</option>
          </Select>
          {byOption && (
            <Select
              aria-label="Option"
              value={choice}
              onChange={(event) => setChoice(Number(event.target.value))}
              className="min-w-0 max-sm:flex-1 sm:max-w-40"
            >
              <option value={0}>All options</option>
              {proposal.choices.map((option, index) => (
                <option key={option} value={index + 1}>
                  {option}
                </option>
              ))}
            </Select>
          )}
        </div>
      </div>
      {found === null && <p className="py-1 text-muted text-small">An address begins with 0x.</p>}
      {ballots?.some(({ powerState }) => powerState === 'unrecorded') && (
        <Notice className="mb-2" title="Some of these ballots are not in the result">
          <p>{words.unrecorded}</p>
        </Notice>
      )}
      {query.isError && (
        <ErrorNotice
          what="The ballots could not be read."
          error={query.error}
          onRetry={() => query.refetch()}
        />
      )}
      {!ballots && !query.isError && (
        <Loading className="flex flex-col gap-3 py-2">
          {[1, 2, 3, 4].map((row) => (
            <Skeleton key={row} className="h-6" />
          ))}
        </Loading>
      )}
      {ballots?.length === 0 && (
        <p className="py-3 text-muted">{search || choice ? 'No ballot matches.' : 'Nobody has voted yet.'}</p>
      )}
      {ballots && ballots.length > 0 && (
        <ul className="divide-y" aria-label="Ballots">
          {ballots.map((ballot) => (
            <BallotRow key={ballot.voter} ballot={ballot} symbol={proposal.symbol} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button
          className="mt-3 w-full"
          aria-busy={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {words.showMore}
        </Button>
      )}
    </Panel>
  )
}

function BallotRow({ ballot, symbol }: { readonly ballot: VoteView; readonly symbol: string }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 py-2.5 sm:grid-cols-[11rem_minmax(0,1fr)_auto]">
      <span className="min-w-0">
        <Address address={ballot.voter} copy={false} person />
      </span>
      <span className="min-w-0 break-words max-sm:order-3 max-sm:col-span-2">
        {ballot.choiceText ? <bdi>{ballot.choiceText}</bdi> : 'None of the options'}
      </span>
      <span className="text-right tabular-nums">
        {ballot.powerState === 'counted' && ballot.power !== null ? (
          <Amount value={ballot.power} symbol={symbol} />
        ) : ballot.powerState === 'pending' ? (
          <span className="text-wait">power to be read</span>
        ) : ballot.powerState === 'unrecorded' ? (
          <span className="text-warn">counts once recorded</span>
        ) : (
          <span className="text-muted">no votes</span>
        )}
      </span>
      <span className="order-last col-span-full text-muted text-small">
        <Time at={ballot.acceptedAt} quiet /> ·{' '}
        <Link
          href={`/verify/${ballot.id}`}
          className="link"
          aria-label={`Verify the vote at #${ballot.logIndex} in the log`}
        >
          #{ballot.logIndex}
        </Link>
        {ballot.reason && (
          <span className="mt-0.5 block break-words text-base text-ink">
            “<bdi>{ballot.reason}</bdi>”
          </span>
        )}
      </span>
    </li>
  )
}

/** The beginning of an address to look for; of a known name, that account's. Null when it can be neither. */
function useAddressSearch(text: string): string | null {
  const { demo } = useInstallation()
  const named = demo?.accounts.find(({ name }) => name.toLowerCase() === text.toLowerCase())
  if (named) return named.address
  return /^(0x[0-9a-f]{0,40})?$/i.test(text) ? text : null
}
