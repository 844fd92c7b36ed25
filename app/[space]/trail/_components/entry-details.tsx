'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import { describeChange } from '../../../../lib/core/trail/describe-fact'
import type { TrailEntry, TrailMessage } from '../../../../lib/core/views/trail-view'
import { api } from '../../../_components/api'
import { useInstallation } from '../../../_components/installation'
import { AddressedText } from '../../../_components/ui/addressed-text'
import { CopyButton } from '../../../_components/ui/copy-button'
import { ErrorNotice } from '../../../_components/ui/error-notice'
import { ExternalLink } from '../../../_components/ui/external-link'
import { Loading, Skeleton } from '../../../_components/ui/skeleton'
import { Time } from '../../../_components/ui/time'
import { searchOf } from './use-filters'

/** What an entry rests on: the message with its signature, or who says so if nobody signed one. */
export function EntryDetails({ space, entry }: { readonly space: string; readonly entry: TrailEntry }) {
  const { author, proposal, what, message } = entry
  const facts = message ? messageFacts(entry.id, message) : actFacts(what)
  return (
    <div className="mt-3 flex flex-col gap-3 border-t pt-3 text-small">
      {'changes' in what && what.changes.length > 0 && (
        <ul className="list-disc pl-4 [overflow-wrap:anywhere]">
          {what.changes.map((change) => (
            <li key={change.field}>
              <AddressedText text={describeChange(change)} plain />
            </li>
          ))}
          {what.more > 0 && <li>and {what.more} more, which the message below says</li>}
        </ul>
      )}
      <dl className="grid gap-x-4 sm:grid-cols-[8.5rem_minmax(0,1fr)] sm:gap-y-1.5 [&>dd]:min-w-0 max-sm:[&>dd]:mb-2 [&>dt]:text-muted">
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {message && <MessageText id={entry.id} logIndex={message.logIndex} />}
      <p className="flex flex-wrap gap-x-4 [&>a]:py-1.5">
        {message && (
          <Link href={`/verify/${entry.id}`} className="link">
            Verify this message
          </Link>
        )}
        {proposal && (
          <Link href={`/${space}/trail?${searchOf({ proposal: proposal.id })}`} className="link">
            Only this proposal
          </Link>
        )}
        {author && (
          <Link href={`/${space}/trail?${searchOf({ author })}`} className="link">
            Only this account
          </Link>
        )}
      </p>
    </div>
  )
}

type Facts = readonly (readonly [name: string, value: ReactNode])[]

function messageFacts(id: string, { kind, timestamp, signature, verification, cid }: TrailMessage): Facts {
  return [
    ['Message', <Hash key="id" text={id} label="message id" />],
    ['Kind', kind],
    ['Signed', <Time key="signed" at={timestamp} form="local" />],
    ['Signature', <Hash key="signature" text={signature} label="signature" />],
    ['Checked', <Method key="method" verification={verification} />],
    ['Content address', <Hash key="cid" text={cid} label="content address" />],
  ]
}

function actFacts(what: TrailEntry['what']): Facts {
  if (what.kind === 'result') {
    return [
      ['Made by', 'this server, from the log; no message says so, and anybody can make it again'],
      ['Log’s root', <Hash key="root" text={what.logRoot} label="log’s root" />],
    ]
  }
  if (what.kind === 'settlement') {
    return [
      ['Known from', 'the chain, when this server read it last'],
      ['Transaction', <Transaction key="transaction" chainId={what.chainId} hash={what.transactionHash} />],
    ]
  }
  if (what.kind === 'confirmation') {
    return [
      ['Known from', 'the owner’s signature for the Safe, which is no message of the log'],
      ['Safe transaction', <Hash key="hash" text={what.safeTxHash} label="hash of the Safe’s transaction" />],
      ['Signature', <Hash key="signature" text={what.signature} label="signature" />],
    ]
  }
  return []
}

function Hash({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <span className="flex items-center">
      <span className="truncate font-mono">{text}</span>
      <CopyButton text={text} label={label} />
    </span>
  )
}

const methods: Readonly<Record<TrailMessage['verification']['method'], string>> = {
  ecdsa: 'ECDSA: by the account’s own key',
  erc6492: 'ERC-6492: by a contract wallet that was not deployed yet',
  eip1271: 'EIP-1271: by the account’s contract',
  'eip1271-legacy': 'EIP-1271 in its older form: by the account’s contract',
  imported: 'Copied from another hub',
}

function Method({ verification }: Pick<TrailMessage, 'verification'>) {
  const { chainName } = useInstallation()
  const { method, chainId, block, imported, checked, reason } = verification
  if (method === 'imported') {
    return `${methods[method]}, ${imported}: ${checked === 'unchecked' ? `not checked, ${reason}` : `checked by ${checked}`}`
  }
  if (chainId === undefined || block === undefined) return methods[method]
  return `${methods[method]}, at block ${Number(block).toLocaleString('en')} of ${chainName(chainId)}`
}

function Transaction({ chainId, hash }: { readonly chainId: number; readonly hash: string }) {
  const { chainName, transactionUrl } = useInstallation()
  const url = transactionUrl(chainId, hash)
  return (
    <>
      <Hash text={hash} label="transaction hash" />
      on {url ? <ExternalLink href={url}>{chainName(chainId)}</ExternalLink> : chainName(chainId)}
    </>
  )
}

/** The message as it was signed and stored, in lines. */
function MessageText({ id, logIndex }: { readonly id: string; readonly logIndex: number }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['message', id],
    queryFn: () => api.message(id),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error)
    return <ErrorNotice what="The message could not be read." error={error} onRetry={() => refetch()} />
  if (!data) {
    return (
      <Loading>
        <Skeleton className="h-32" />
      </Loading>
    )
  }
  return (
    <section
      aria-label={`Signed message #${logIndex}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-80 overflow-y-auto rounded-control border bg-sunken p-3"
    >
      <pre className="whitespace-pre-wrap font-mono text-[0.75rem] leading-5 [overflow-wrap:anywhere]">
        {JSON.stringify(JSON.parse(data.envelope), null, 2)}
      </pre>
    </section>
  )
}
