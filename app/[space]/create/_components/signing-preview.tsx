'use client'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { clockTime } from '../../../_components/ui/format-time'
import { Panel } from '../../../_components/ui/panel'
import { useNow } from '../../../_components/ui/use-now'
import type { BuiltCall } from './call-draft'
import { draftPeriod, type ProposalDraft } from './draft'
import type { ModuleChoice } from './executor-options'

/** The message field by field, as the wallet will show it. */
export function SigningPreview({
  space,
  draft,
  choices,
  from,
  module,
  built,
}: {
  readonly space: SpaceView
  readonly draft: ProposalDraft
  readonly choices: readonly string[]
  readonly from: string
  readonly module: ModuleChoice | null
  readonly built: readonly BuiltCall[]
}) {
  const now = useNow(10)
  const { start, end } = draftPeriod(draft, space.voting, now)
  const time = (at: number) => (Number.isFinite(at) ? `${at} (${clockTime(at)})` : 'to be set')
  const fields: readonly (readonly [string, string])[] = [
    ['from', from],
    ['space', space.id],
    ['type', draft.type],
    ['title', draft.title.trim()],
    ['body', `${[...draft.body].length.toLocaleString('en')} characters`],
    ['discussion', draft.discussion.trim()],
    ['choices', choices.join(', ')],
    ['start', time(start)],
    ['end', time(end)],
    ['snapshot', module ? 'the block before the newest when you sign' : 'the newest block when you sign'],
    [
      'plugins',
      built.length > 0
        ? `execution of ${built.length} ${built.length === 1 ? 'call' : 'calls'}, by their hash${module ? `; the tally module ${module.address} and its config, by its hash` : ''}`
        : '{}',
    ],
    ['app', 'comitia'],
  ]
  return (
    <Panel title="What your wallet will show">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-small">
        {fields.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="break-words">{value || <span className="text-muted">empty</span>}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
