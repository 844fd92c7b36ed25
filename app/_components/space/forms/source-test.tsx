'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { getAddress, isAddress } from 'viem'
import { ApiError } from '../../../../lib/client/api'
import type { SpaceSettings } from '../../../../lib/core/messages/settings'
import { useWallet } from '../../../_wallet/use-wallet'
import { api } from '../../api'
import { useInstallation } from '../../installation'
import { Button } from '../../ui/button'
import { ErrorNotice } from '../../ui/error-notice'
import { Field, Input } from '../../ui/field'
import { words } from '../../words'

/** Whether the sources mean what they are meant to: the votes of an address by them, as they stand here, now. */
export function SourceTest({
  settings,
  space,
}: {
  readonly settings: SpaceSettings
  readonly space: string
}) {
  const { address } = useWallet()
  const { strategies } = useInstallation()
  const [typed, setTyped] = useState<string | null>(null)
  const voter = typed ?? address ?? ''
  const asked = JSON.stringify([settings.network, settings.strategies, voter])
  const test = useMutation({
    mutationFn: async () => {
      const { result } = await api.scores({
        space,
        network: settings.network,
        strategies: settings.strategies,
        addresses: [voter],
      })
      return { asked, powers: result.scores.map((scores) => scores[getAddress(voter)] ?? 0) }
    },
  })
  // Of what has been changed since, it would say nothing.
  const powers = test.data?.asked === asked ? test.data.powers : null
  const together = powers?.reduce((sum, power) => sum + power, 0)
  const unit = settings.symbol || (together === 1 ? words.vote : words.votes)
  return (
    <section aria-label="Test the sources" className="rounded-control bg-sunken p-3">
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Test with an address" className="flex-1 basis-60">
          <Input
            className="font-mono"
            placeholder="0x…"
            spellCheck={false}
            value={voter}
            onChange={(event) => setTyped(event.target.value.trim())}
          />
        </Field>
        <Button
          disabled={!isAddress(voter)}
          aria-busy={test.isPending || undefined}
          onClick={() => test.mutate()}
        >
          {test.isPending ? 'Reading' : 'Show its votes now'}
        </Button>
      </div>
      <div aria-live="polite">
        {powers && (
          <ul className="mt-2 flex flex-col gap-0.5">
            {powers.map((power, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: sources have no other identity than their place
              <li key={index} className="flex justify-between gap-3">
                <span className="min-w-0 text-muted">
                  Source {index + 1},{' '}
                  {strategies.find(({ id }) => id === settings.strategies[index]?.name)?.label ??
                    settings.strategies[index]?.name}
                </span>
                <span className="tabular-nums">{spell(power)}</span>
              </li>
            ))}
            <li className="flex justify-between gap-3 border-t pt-1 font-medium">
              <span>Together</span>
              <span className="tabular-nums">
                {spell(together ?? 0)} {unit}
              </span>
            </li>
          </ul>
        )}
      </div>
      {test.isError && (
        <div className="mt-2">
          <ErrorNotice what="The votes could not be read." error={withoutHope(test.error)} />
        </div>
      )}
    </section>
  )
}

/** The score API answers 500 to what it does not understand too: trying again would not help. */
function withoutHope(error: unknown): unknown {
  return error instanceof ApiError && error.status === 500 ? new ApiError(400, error.message, false) : error
}

function spell(power: number): string {
  return power.toLocaleString('en', { maximumFractionDigits: 4 })
}
