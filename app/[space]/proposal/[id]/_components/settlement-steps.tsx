'use client'
import { Check, Circle, CircleDot, X } from 'lucide-react'
import type { SettlementStep } from '../../../../../lib/core/views/settlement-view'
import { useInstallation } from '../../../../_components/installation'
import { CopyButton } from '../../../../_components/ui/copy-button'
import { ExternalLink } from '../../../../_components/ui/external-link'
import { Time } from '../../../../_components/ui/time'
import { useHydrated } from '../../../../_components/ui/use-hydrated'
import { useNow } from '../../../../_components/ui/use-now'

/** What has happened to an execution, what is happening, what is still to come. */
export function SettlementSteps({
  steps,
  chainId,
}: {
  readonly steps: readonly SettlementStep[]
  readonly chainId: number
}) {
  return (
    <ol className="mt-3" aria-label="Steps">
      {steps.map((step, index) => (
        <Step key={step.label} step={step} chainId={chainId} last={index === steps.length - 1} />
      ))}
    </ol>
  )
}

const marks = {
  done: { icon: Check, look: 'text-for', word: 'done' },
  current: { icon: CircleDot, look: 'text-wait', word: 'now' },
  todo: { icon: Circle, look: 'text-muted', word: 'to come' },
  failed: { icon: X, look: 'text-against', word: 'failed' },
} as const

function Step({
  step,
  chainId,
  last,
}: {
  readonly step: SettlementStep
  readonly chainId: number
  readonly last: boolean
}) {
  const { icon: Icon, look, word } = marks[step.state]
  const { transactionUrl } = useInstallation()
  const url = step.transactionHash && transactionUrl(chainId, step.transactionHash)
  const waits = step.due !== null && (step.state === 'current' || step.state === 'todo') ? step.due : null
  return (
    <li
      className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5"
      aria-current={step.state === 'current' ? 'step' : undefined}
    >
      <span className="flex flex-col items-center">
        <Icon aria-hidden className={`mt-0.5 size-4.5 shrink-0 ${look}`} />
        {!last && <span aria-hidden className="my-0.5 w-px flex-1 bg-line" />}
      </span>
      <div className={last ? '' : 'pb-2'}>
        <p className={step.state === 'todo' ? 'text-muted' : step.state === 'current' ? 'font-medium' : ''}>
          {step.label}
          <span className="sr-only"> ({word})</span>
        </p>
        {(step.at !== null || step.transactionHash || waits !== null) && (
          <p className="flex flex-wrap items-center gap-x-1.5 text-muted text-small">
            {step.at !== null && <Time at={step.at} />}
            {waits !== null && <Countdown due={waits} />}
            {step.transactionHash && (
              <span className="inline-flex items-center">
                {url ? (
                  <ExternalLink href={url}>transaction</ExternalLink>
                ) : (
                  <span className="font-mono">{step.transactionHash.slice(0, 10)}…</span>
                )}
                <CopyButton text={step.transactionHash} label={`transaction hash of ${step.label}`} />
              </span>
            )}
          </p>
        )}
      </div>
    </li>
  )
}

function Countdown({ due }: { readonly due: number }) {
  const now = useNow()
  const hydrated = useHydrated()
  return hydrated && due <= now ? (
    <span>now due</span>
  ) : (
    <span className="text-wait">
      <Time at={due} form="left" />
    </span>
  )
}
