'use client'
import { useMemo } from 'react'
import { Field, Input, Select, Textarea } from '../../../_components/ui/field'
import type { CallDraft } from './call-draft'
import { parseArgument } from './parse-argument'
import { readAbi } from './read-abi'

type ContractCall = Extract<CallDraft, { kind: 'contract' }>

/** What to call on a contract: its ABI, one of its functions, a typed input for each argument. */
export function ContractFields({
  call,
  coin,
  onChange,
}: {
  readonly call: ContractCall
  readonly coin: string
  readonly onChange: (call: CallDraft) => void
}) {
  const { functions, problem } = useMemo(() => readAbi(call.abi), [call.abi])
  const chosen = functions.find(({ signature }) => signature === call.signature)
  return (
    <>
      <Field
        label="ABI"
        className="sm:col-span-2"
        error={problem}
        hint="Paste the contract’s ABI as JSON, or a signature such as setFee(uint256 fee)."
      >
        <Textarea
          rows={3}
          className="font-mono text-small"
          spellCheck={false}
          value={call.abi}
          onChange={(event) => {
            const abi = event.target.value
            const known = readAbi(abi).functions
            const kept = known.find(({ signature }) => signature === call.signature)
            const only = known.length === 1 ? known[0]?.signature : undefined
            onChange({ ...call, abi, ...(!kept && { signature: only ?? '', args: [] }) })
          }}
        />
      </Field>
      {functions.length > 0 && (
        <Field label="Function" className="sm:col-span-2">
          <Select
            value={call.signature}
            onChange={(event) => onChange({ ...call, signature: event.target.value, args: [] })}
          >
            <option value="">Choose a function</option>
            {functions.map(({ signature }) => (
              <option key={signature} value={signature}>
                {signature}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {chosen?.item.inputs.map((input, index) => {
        const value = call.args[index] ?? ''
        const set = (text: string) => {
          const args = chosen.item.inputs.map((_, position) =>
            position === index ? text : (call.args[position] ?? ''),
          )
          onChange({ ...call, args })
        }
        return (
          <Field
            // biome-ignore lint/suspicious/noArrayIndexKey: arguments may be nameless, their position is fixed
            key={`${chosen.signature} ${index}`}
            className={/^(u?int|bool)/.test(input.type) && !input.type.endsWith(']') ? '' : 'sm:col-span-2'}
            label={
              <>
                {input.name || `Argument ${index + 1}`}{' '}
                <span className="font-mono font-normal text-muted text-small">{input.type}</span>
              </>
            }
            error={value === '' ? null : misfit(input, value)}
          >
            {input.type === 'bool' ? (
              <Select value={value} onChange={(event) => set(event.target.value)}>
                <option value="">Choose</option>
                <option value="true">true</option>
                <option value="false">false</option>
              </Select>
            ) : (
              <Input
                className="font-mono"
                spellCheck={false}
                value={value}
                onChange={(event) => set(event.target.value)}
              />
            )}
          </Field>
        )
      })}
      {chosen?.item.stateMutability === 'payable' && (
        <Field label={`${coin} sent along`} hint="Leave empty for none.">
          <Input
            inputMode="decimal"
            placeholder="0.0"
            value={call.amount}
            onChange={(event) => onChange({ ...call, amount: event.target.value })}
          />
        </Field>
      )}
    </>
  )
}

function misfit(...[parameter, text]: Parameters<typeof parseArgument>): string | null {
  try {
    parseArgument(parameter, text)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : null
  }
}
