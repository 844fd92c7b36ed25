'use client'
import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import type { SpaceSettings } from '../../../../lib/core/messages/settings'
import { useInstallation } from '../../installation'
import { Button } from '../../ui/button'
import { Field, Input, Select } from '../../ui/field'
import { AddressList } from './address-list'
import { NetworkSelect } from './network-select'
import { NumberInput } from './number-input'
import type { SubjectProps } from './subject'

type Strategy = SpaceSettings['strategies'][number]

const words: Readonly<Record<string, string>> = {
  'erc20-votes':
    'Votes of a token that can be delegated (ERC20Votes): what was delegated to a voter, by others or by themselves.',
  'erc20-balance-of': 'The balance of a token: one vote for each token held.',
  whitelist: 'A list of people with one vote each.',
  ticket:
    'The same number of votes for everybody who signs. Anyone can make accounts: use it only where that does not matter.',
}

export function StrategiesFields({ settings, onChange }: SubjectProps) {
  const set = (strategies: readonly Strategy[]) => onChange({ ...settings, strategies: [...strategies] })
  return (
    <div className="flex flex-col gap-3">
      <Field label="Chain" hint="Votes are read at a block of this chain.">
        <NetworkSelect value={settings.network} onChange={(network) => onChange({ ...settings, network })} />
      </Field>
      {settings.strategies.map((strategy, index) => (
        <StrategyForm
          // biome-ignore lint/suspicious/noArrayIndexKey: two sources may be alike while they are typed
          key={index}
          number={index + 1}
          strategy={strategy}
          network={settings.network}
          onChange={(next) => set(settings.strategies.with(index, next))}
          onRemove={
            settings.strategies.length > 1 ? () => set(settings.strategies.toSpliced(index, 1)) : null
          }
        />
      ))}
      <Button
        className="self-start"
        disabled={settings.strategies.length >= 8}
        onClick={() =>
          set([...settings.strategies, { name: 'erc20-votes', network: settings.network, params: {} }])
        }
      >
        <Plus aria-hidden className="size-4" />
        Add a source
      </Button>
    </div>
  )
}

function StrategyForm({
  number,
  strategy,
  network,
  onChange,
  onRemove,
}: {
  readonly number: number
  readonly strategy: Strategy
  readonly network: string
  readonly onChange: (strategy: Strategy) => void
  readonly onRemove: (() => void) | null
}) {
  const heading = useId()
  const { strategies } = useInstallation()
  const params = strategy.params ?? {}
  const setParam = (name: string, value: unknown) => {
    const { [name]: _, ...others } = params
    onChange({
      ...strategy,
      params: value === undefined || value === '' ? others : { ...others, [name]: value },
    })
  }
  const text = (name: string) => (typeof params[name] === 'string' ? params[name] : '')
  const amount = (name: string) => (typeof params[name] === 'number' ? params[name] : undefined)
  const isToken = strategy.name.startsWith('erc20')
  const served = strategies.some(({ id }) => id === strategy.name)
  return (
    <section aria-labelledby={heading} className="rounded-control border p-3">
      <div className="mb-1 flex items-center justify-between">
        <h3 id={heading} className="font-medium">
          Source {number}
        </h3>
        {onRemove && (
          <Button look="quiet" icon aria-label={`Remove source ${number}`} onClick={onRemove}>
            <X aria-hidden className="size-4" />
          </Button>
        )}
      </div>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Field label="Kind" hint={words[strategy.name]}>
          <Select
            value={strategy.name}
            onChange={(event) => onChange({ name: event.target.value, network, params: {} })}
          >
            {!served && <option value={strategy.name}>{strategy.name} (not available here)</option>}
            {strategies.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Chain of this source">
          <NetworkSelect
            value={strategy.network ?? network}
            onChange={(next) => onChange({ ...strategy, network: next })}
          />
        </Field>
        {isToken && (
          <>
            <Field label="Token address" className="sm:col-span-2">
              <Input
                className="font-mono"
                placeholder="0x…"
                spellCheck={false}
                value={text('address')}
                onChange={(event) => setParam('address', event.target.value.trim())}
              />
            </Field>
            <Field label="Decimals" hint="18 for most tokens.">
              <NumberInput
                placeholder="18"
                value={amount('decimals')}
                onChange={(decimals) => setParam('decimals', decimals)}
              />
            </Field>
            <Field label="Token symbol">
              <Input
                value={text('symbol')}
                maxLength={16}
                onChange={(event) => setParam('symbol', event.target.value)}
              />
            </Field>
          </>
        )}
        {strategy.name === 'whitelist' && (
          <div className="sm:col-span-2">
            <AddressList
              label="People"
              value={Array.isArray(params.addresses) ? params.addresses.map(String) : []}
              onChange={(addresses) => setParam('addresses', addresses)}
            />
          </div>
        )}
        {strategy.name === 'ticket' && (
          <Field label="Votes each">
            <NumberInput
              placeholder="1"
              value={amount('value')}
              onChange={(value) => setParam('value', value)}
            />
          </Field>
        )}
        {!served && (
          <pre className="overflow-x-auto rounded-control bg-sunken p-3 text-small sm:col-span-2">
            {JSON.stringify(params, null, 2)}
          </pre>
        )}
      </div>
    </section>
  )
}
