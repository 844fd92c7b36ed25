'use client'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { useInstallation } from '../../../_components/installation'
import { Field, Input, Select } from '../../../_components/ui/field'
import { clockTime, duration } from '../../../_components/ui/format-time'
import { useHydrated } from '../../../_components/ui/use-hydrated'
import type { ProposalDraft } from './draft'

const presets = [86_400, 259_200, 604_800]
/** A vote short enough to see it through while trying the demo. */
const demoPreset = 120

export function PeriodFields({
  draft,
  change,
  space,
  start,
  end,
}: {
  readonly draft: ProposalDraft
  readonly change: (part: Partial<ProposalDraft>) => void
  readonly space: SpaceView
  readonly start: number
  readonly end: number
}) {
  const { demo } = useInstallation()
  const hydrated = useHydrated()
  const { delay, period } = space.voting
  const known = Number.isFinite(start) && Number.isFinite(end) && end > start
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">Time to vote</legend>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        {delay ? (
          <p>Voting starts {duration(delay)} after publishing, as in every proposal of this space.</p>
        ) : (
          <div className="flex flex-col gap-3">
            <Field label="Starts">
              <Select
                value={draft.start === '' ? 'now' : 'at'}
                onChange={(event) =>
                  change({ start: event.target.value === 'now' ? '' : inputTime(Date.now() / 1000 + 86_400) })
                }
              >
                <option value="now">When it is published</option>
                <option value="at">At a date</option>
              </Select>
            </Field>
            {draft.start !== '' && (
              <Field label="Start" hint="In your time zone.">
                <Input
                  type="datetime-local"
                  value={draft.start}
                  onChange={(event) => change({ start: event.target.value })}
                />
              </Field>
            )}
          </div>
        )}
        {period ? (
          <p>Voting lasts {duration(period)}, as in every proposal of this space.</p>
        ) : (
          <div className="flex flex-col gap-3">
            <Field label="Lasts">
              <Select
                value={draft.period ?? 'custom'}
                onChange={(event) =>
                  event.target.value === 'custom'
                    ? change({ period: null, end: draft.end || inputTime(Date.now() / 1000 + 259_200) })
                    : change({ period: Number(event.target.value) })
                }
              >
                {[...(demo ? [demoPreset] : []), ...presets].map((seconds) => (
                  <option key={seconds} value={seconds}>
                    {duration(seconds)}
                    {seconds === demoPreset && ' (demo only)'}
                  </option>
                ))}
                <option value="custom">Until a date</option>
              </Select>
            </Field>
            {draft.period === null && (
              <Field label="End" hint="In your time zone.">
                <Input
                  type="datetime-local"
                  value={draft.end}
                  onChange={(event) => change({ end: event.target.value })}
                />
              </Field>
            )}
          </div>
        )}
      </div>
      {hydrated && known && (
        <p className="mt-2 text-muted text-small">
          {draft.start === '' && !delay ? 'Published now, it ends' : `From ${clockTime(start)} to`}{' '}
          {clockTime(end)} ({clockTime(end, 'UTC')} UTC). Votes are read at the newest block when you publish.
        </p>
      )}
    </fieldset>
  )
}

/** A moment as a `datetime-local` input holds it, in the reader's zone, to the minute. */
function inputTime(seconds: number): string {
  const date = new Date(Math.ceil(seconds / 60) * 60_000)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
