'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isAddress } from 'viem'
import { usePublicClient } from 'wagmi'
import { formatUnits } from '../../../../lib/core/proposal/format-units'
import { useInstallation } from '../../../_components/installation'
import { Field, Input } from '../../../_components/ui/field'
import type { CallDraft } from './call-draft'
import { coinHolding, tokenHolding } from './holding-queries'

type TokenCall = Extract<CallDraft, { kind: 'token' }>

/** What the Safe holds in the chain's coin, as far as the reader's wallet can tell. */
export function CoinHolding({ safe, chainId }: { readonly safe: `0x${string}`; readonly chainId: number }) {
  const { coin } = useInstallation()
  const client = usePublicClient({ chainId })
  const balance = useQuery(coinHolding({ client, chainId, safe }))
  if (balance.data === undefined || balance.data === null) return null
  return (
    <>
      The Safe holds {formatUnits(balance.data, { fraction: 4 })} {coin(chainId)}.
    </>
  )
}

/** Which token, its decimals read from the token where possible, and what the Safe holds of it. */
export function TokenFields({
  call,
  safe,
  chainId,
  onChange,
}: {
  readonly call: TokenCall
  readonly safe: `0x${string}`
  readonly chainId: number
  readonly onChange: (call: CallDraft) => void
}) {
  const client = usePublicClient({ chainId })
  const address = call.token.trim()
  const token = useQuery(tokenHolding({ client, chainId, safe }, address))
  const read = token.data

  useEffect(() => {
    if (read && (call.symbol !== read.symbol || call.decimals !== String(read.decimals))) {
      onChange({ ...call, symbol: read.symbol, decimals: String(read.decimals) })
    }
  }, [read, call, onChange])

  const unread = token.isError || (isAddress(address) && token.isFetched && !read)
  return (
    <>
      <Field
        label="Token"
        className="sm:col-span-2"
        hint={
          read
            ? `${read.symbol}, ${read.decimals} decimals. The Safe holds ${formatUnits(read.balance, { decimals: read.decimals })}.`
            : unread
              ? 'The token could not be read from here. Enter its decimals yourself, and check them.'
              : 'The token contract’s address.'
        }
      >
        <Input
          className="font-mono"
          placeholder="0x…"
          spellCheck={false}
          value={call.token}
          onChange={(event) => onChange({ ...call, token: event.target.value, symbol: '', decimals: '' })}
        />
      </Field>
      {unread && (
        <Field label="Decimals">
          <Input
            inputMode="numeric"
            placeholder="18"
            value={call.decimals}
            onChange={(event) => onChange({ ...call, decimals: event.target.value })}
          />
        </Field>
      )}
    </>
  )
}
