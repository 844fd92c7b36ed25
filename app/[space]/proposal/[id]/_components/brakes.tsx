'use client'
import { useState } from 'react'
import { longestPause } from '../../../../../lib/core/settlement/brake-call'
import type { HexString } from '../../../../../lib/core/views/hex-string'
import type { ModuleSettlementView } from '../../../../../lib/core/views/settlement-view'
import { useInstallation } from '../../../../_components/installation'
import { Button } from '../../../../_components/ui/button'
import { ErrorNotice } from '../../../../_components/ui/error-notice'
import { Field, Select, Textarea } from '../../../../_components/ui/field'
import { duration } from '../../../../_components/ui/format-time'
import { Overlay } from '../../../../_components/ui/overlay'
import { Time } from '../../../../_components/ui/time'
import { useNow } from '../../../../_components/ui/use-now'
import { words } from '../../../../_components/words'
import { useWallet } from '../../../../_wallet/use-wallet'
import { brakeObstacle, mayBrake } from './brake-availability'
import { useBrake } from './use-brake'

type Kind = 'veto' | 'pause'

const kinds = {
  veto: {
    name: 'Veto',
    title: 'Veto this proposal?',
    effect:
      'A veto is final. Nobody, you included, can take it back: these calls can then never be made through this proposal.',
    button: 'Veto for good',
    done: 'Vetoed. Nobody can execute it any more.',
  },
  pause: {
    name: 'Pause',
    title: 'Pause this proposal?',
    effect:
      'Nobody can execute it until the pause is over; the time to execute it is longer by as much. A proposal can be paused once. Everything else goes on.',
    button: 'Pause',
    done: 'Paused.',
  },
} as const

/** For the guardian alone: stopping a proposal. Kept in place afterwards, so that focus has somewhere to return to. */
export function Brakes({
  proposal,
  module,
}: {
  readonly proposal: HexString
  readonly module: ModuleSettlementView
}) {
  const { address } = useWallet()
  const now = useNow(10)
  if (!mayBrake(module, address, now)) return null
  return (
    <details className="mt-3 border-t pt-3">
      <summary className="link inline-flex min-h-6 list-none items-center text-small [&::-webkit-details-marker]:hidden">
        {address === module.safe ? 'Stop this, as the Safe' : 'Stop this, as the guardian'}
      </summary>
      <div className="mt-2 flex flex-wrap gap-2">
        <Brake kind="veto" proposal={proposal} module={module} />
        <Brake kind="pause" proposal={proposal} module={module} />
      </div>
      {module.guardian && address !== module.safe && (
        <p className="mt-2 text-muted text-small">
          You can until <Time at={module.guardian.until} form="local" />. You can stop; you cannot pay.
        </p>
      )}
    </details>
  )
}

const pauses = [3600, 86_400, 3 * 86_400, 7 * 86_400, longestPause]

function Brake({
  kind,
  proposal,
  module,
}: {
  readonly kind: Kind
  readonly proposal: HexString
  readonly module: ModuleSettlementView
}) {
  const { demo } = useInstallation()
  const { doing, failure, done, send, reset } = useBrake(proposal, module)
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [length, setLength] = useState(86_400)
  const { name, title, effect, button, done: doneWords } = kinds[kind]
  const obstacle = brakeObstacle(kind, module)
  const text = reason.trim()
  const submit = () =>
    send(kind === 'veto' ? { kind, reason: text } : { kind, reason: text, duration: length })
  return (
    <div className="min-w-0">
      <Overlay
        title={title}
        description={effect}
        open={open}
        onOpenChange={(next) => {
          // What is under way is seen to its end.
          if (doing !== null) return
          if (next) reset()
          setOpen(next)
        }}
        trigger={
          <Button look={kind === 'veto' ? 'danger' : 'secondary'} disabled={obstacle !== null}>
            {name}
          </Button>
        }
      >
        {done ? (
          <div className="flex flex-col items-start gap-3" role="status">
            <p>{doneWords}</p>
            <Button onClick={() => setOpen(false)}>{words.close}</Button>
          </div>
        ) : (
          <form
            className="flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault()
              if (text !== '' && doing === null) submit()
            }}
          >
            <Field
              label="Reason"
              hint="Published here for everybody; the chain keeps its hash. It cannot be changed."
            >
              <Textarea
                rows={3}
                maxLength={2000}
                required
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </Field>
            {kind === 'pause' && (
              <Field label="For">
                <Select value={length} onChange={(event) => setLength(Number(event.target.value))}>
                  {[...(demo ? [60] : []), ...pauses].map((seconds) => (
                    <option key={seconds} value={seconds}>
                      {duration(seconds)}
                    </option>
                  ))}
                </Select>
              </Field>
            )}
            <Button
              type="submit"
              look={kind === 'veto' ? 'danger' : 'primary'}
              disabled={text === '' || doing !== null}
            >
              {button}
            </Button>
            <div aria-live="polite">
              {doing ? (
                <p className="text-wait">{doing}</p>
              ) : (
                text === '' && <p className="text-muted text-small">Say why first.</p>
              )}
            </div>
            {failure !== null && (
              <ErrorNotice what={`The ${name.toLowerCase()} did not go through.`} error={failure} />
            )}
          </form>
        )}
      </Overlay>
      {obstacle && <p className="mt-1 text-muted text-small">{obstacle}</p>}
    </div>
  )
}
