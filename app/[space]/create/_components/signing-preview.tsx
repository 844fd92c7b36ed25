'use client'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { clockTime } from '../../../_components/ui/format-time'
import { useNow } from '../../../_components/ui/use-now'
import type { BuiltCall } from './call-draft'
import { draftPeriod, type ProposalDraft } from './draft'
import type { ModuleChoice } from './executor-options'
import { MessageFields } from './message-fields'

/** A new proposal as the wallet will show it, as far as that is known before it is signed. */
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
  return <MessageFields fields={fields} />
}
