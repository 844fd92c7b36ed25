import { TriangleAlert } from 'lucide-react'
import { formatUnits } from '../../../lib/core/proposal/format-units'
import type { CallView } from '../../../lib/core/views/settlement-view'
import { AddressedText } from '../ui/addressed-text'
import { CopyButton } from '../ui/copy-button'

/** The calls of a batch in words, in order, each with its arguments and what deserves a second look. */
export function Calls({
  calls,
  first = 1,
}: {
  readonly calls: readonly CallView[]
  /** The number of the first one. */
  readonly first?: number
}) {
  return (
    <ol className="flex flex-col gap-3">
      {calls.map((call, index) => (
        // A batch is never reordered, and two of its calls may be identical.
        // biome-ignore lint/suspicious/noArrayIndexKey: the position is the identity
        <li key={index} className="flex gap-3">
          <span className="flex size-6 shrink-0 items-center justify-center rounded-full bg-sunken text-small tabular-nums">
            {first + index}
          </span>
          <div className="min-w-0 flex-1">
            <p className="break-words">
              <AddressedText text={call.summary} />
            </p>
            {call.kind === 'contract-call' && call.arguments.length > 0 && (
              <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-small">
                {call.arguments.map((argument, position) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: arguments may be nameless, their position is fixed
                  <div key={position} className="contents">
                    <dt className="text-muted">
                      {argument.name || `#${position + 1}`} <span className="font-mono">{argument.type}</span>
                    </dt>
                    <dd className="break-all font-mono">{argument.value}</dd>
                  </div>
                ))}
              </dl>
            )}
            {call.warnings.map((warning) => (
              <p key={warning} className="mt-1 flex items-start gap-1.5 text-small text-warn">
                <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
                {warning}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** The calls byte for byte. */
export function RawCalls({ calls, coin }: { readonly calls: readonly CallView[]; readonly coin: string }) {
  return (
    <ol className="flex flex-col gap-3">
      {calls.map((call, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the position is the identity
        <li key={index} className="rounded-control border bg-sunken p-3 text-small">
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
            <dt className="text-muted">to</dt>
            <dd className="break-all font-mono">{call.to}</dd>
            <dt className="text-muted">value</dt>
            <dd className="break-all font-mono">
              {call.value} wei
              {call.value !== '0' && ` (${formatUnits(BigInt(call.value), { fraction: 'exact' })} ${coin})`}
            </dd>
            {call.signature && (
              <>
                <dt className="text-muted">function</dt>
                <dd className="break-all font-mono">{call.signature}</dd>
              </>
            )}
            <dt className="text-muted">
              data <CopyButton text={call.data} label={`data of call ${index + 1}`} />
            </dt>
            <dd className="max-h-40 overflow-y-auto break-all font-mono">{call.data}</dd>
          </dl>
        </li>
      ))}
    </ol>
  )
}
