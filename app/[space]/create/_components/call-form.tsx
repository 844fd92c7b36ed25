'use client'
import { X } from 'lucide-react'
import { useId } from 'react'
import { decodeCall } from '../../../../lib/core/settlement/decode-call'
import type { CallView } from '../../../../lib/core/views/settlement-view'
import { useInstallation } from '../../../_components/installation'
import { Calls } from '../../../_components/proposal/calls'
import { Button } from '../../../_components/ui/button'
import { Field, Input } from '../../../_components/ui/field'
import type { BuiltCall, CallDraft } from './call-draft'
import { ContractFields } from './contract-fields'
import { CoinHolding, TokenFields } from './holding-fields'

const titles = { native: 'Send coins', token: 'Send tokens', contract: 'Call a contract' } as const

/** One call being typed, and below it what voters will read. */
export function CallForm({
  number,
  call,
  built,
  safe,
  chainId,
  onChange,
  onRemove,
}: {
  readonly number: number
  readonly call: CallDraft
  readonly built: BuiltCall | undefined
  readonly safe: `0x${string}`
  readonly chainId: number
  readonly onChange: (call: CallDraft) => void
  readonly onRemove: () => void
}) {
  const heading = useId()
  const { coin } = useInstallation()
  const title = call.kind === 'native' ? `Send ${coin(chainId)}` : titles[call.kind]
  return (
    <section aria-labelledby={heading} className="panel">
      <div className="flex items-center justify-between border-b py-1 pr-1 pl-4">
        <h3 id={heading} className="font-medium">
          {number}. {title}
        </h3>
        <Button data-remove look="quiet" icon aria-label={`Remove call ${number}`} onClick={onRemove}>
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      <div className="grid gap-3 p-4 sm:grid-cols-2">
        {call.kind === 'token' && (
          <TokenFields call={call} safe={safe} chainId={chainId} onChange={onChange} />
        )}
        <Field label={call.kind === 'contract' ? 'Contract' : 'Recipient'} className="sm:col-span-2">
          <Input
            className="font-mono"
            placeholder="0x…"
            spellCheck={false}
            value={call.to}
            onChange={(event) => onChange({ ...call, to: event.target.value })}
          />
        </Field>
        {call.kind === 'contract' ? (
          <ContractFields call={call} coin={coin(chainId)} onChange={onChange} />
        ) : (
          <Field
            label="Amount"
            hint={call.kind === 'native' ? <CoinHolding safe={safe} chainId={chainId} /> : undefined}
          >
            <Input
              inputMode="decimal"
              placeholder="0.0"
              value={call.amount}
              onChange={(event) => onChange({ ...call, amount: event.target.value })}
            />
          </Field>
        )}
      </div>
      {built && (
        <div className="border-t bg-sunken px-4 py-3" aria-live="polite">
          {built.call === null ? (
            <p className="text-muted">{built.problem}</p>
          ) : (
            <>
              <p className="mb-2 text-muted text-small">Voters will read:</p>
              <Calls calls={[viewOf(built, coin(chainId))]} first={number} />
            </>
          )}
        </div>
      )}
    </section>
  )
}

function viewOf(built: Extract<BuiltCall, { problem: null }>, nativeSymbol: string): CallView {
  const { call, signature, token } = built
  const decoded = decodeCall(call, { signature, token, nativeSymbol })
  return {
    ...call,
    value: call.value.toString(),
    signature: signature ?? null,
    kind: decoded.kind,
    summary: decoded.summary,
    arguments: decoded.kind === 'contract-call' ? decoded.arguments : [],
    warnings: [],
  }
}
