import { registrationSeconds } from '../../../../lib/core/settlement/module-obstacles'
import type { ModuleConfigView } from '../../../../lib/core/views/treasury-view'
import { duration } from '../../../_components/ui/format-time'
import type { BuiltCall } from './call-draft'
import type { ProposalDraft } from './draft'
import { type ExecutorOption, moduleOf } from './executor-options'

/** One thing that makes a proposal ready. `advice` does not stop anybody. */
export interface Check {
  readonly label: string
  readonly state: 'done' | 'todo' | 'advice'
  /** What is missing, or why. */
  readonly detail: string | null
  /** Id of the part of the page where it is put right. */
  readonly where: 'write' | 'decide' | 'execute' | 'publish'
}

export interface ChecklistFacts {
  readonly choices: readonly string[]
  readonly start: number
  readonly end: number
  readonly now: number
  readonly built: readonly BuiltCall[]
  /** Who is to make the calls; undefined while that is being read. */
  readonly executor: ExecutorOption | undefined
  /** By asset sent, what the Safe lacks of it; null where nothing. */
  readonly shortfalls: readonly (string | null)[]
  /** Why the connected account may not propose; null when it may, undefined while unknown. */
  readonly forbidden: string | null | undefined
}

/** Everything between a draft and a proposal, in the order of the page. */
export function checklist(draft: ProposalDraft, facts: ChecklistFacts): readonly Check[] {
  const { choices, start, end, now, built, executor, shortfalls, forbidden } = facts
  const module = built.length > 0 ? moduleOf(executor) : null
  const firstBad = built.findIndex(({ problem }) => problem !== null)
  return [
    ...textChecks(draft, choices),
    check(
      'decide',
      'A time to vote',
      !Number.isFinite(start) || !Number.isFinite(end)
        ? 'Set the dates.'
        : end <= start
          ? 'The end must come after the start.'
          : end <= now
            ? 'The end must be in the future.'
            : end - start < 60
              ? 'At least a minute.'
              : null,
    ),
    ...(module
      ? [
          check(
            'decide',
            'A time that its tally module takes',
            modulePeriodProblem(module.tally.config, { start, end, now }),
          ),
        ]
      : []),
    ...(built.length > 0
      ? [
          check(
            'execute',
            'Somebody to make the calls',
            executor === undefined ? 'Being read from the chain.' : (executor.obstacles[0] ?? null),
          ),
          check(
            'execute',
            'Calls that can be executed',
            firstBad < 0 ? null : `Call ${firstBad + 1}: ${built[firstBad]?.problem}`,
          ),
          ...(shortfalls.length > 0
            ? [
                check(
                  'execute',
                  'Enough in the Safe',
                  shortfalls.filter((text) => text !== null).join(' ') || null,
                  'advice',
                ),
              ]
            : []),
          check(
            'execute',
            'A vote that can carry them',
            draft.type === 'basic'
              ? null
              : 'Calls need basic voting (For, Against, Abstain): only there “passed” has one meaning.',
          ),
        ]
      : []),
    check('publish', 'An account that may propose', forbidden === undefined ? 'Being checked.' : forbidden),
  ]
}

/** Everything between an edit and its signature. */
export function editChecklist(
  draft: ProposalDraft,
  facts: {
    readonly choices: readonly string[]
    readonly isChanged: boolean
    /** Why it cannot be edited, by the connected account or at all; null when it can. */
    readonly forbidden: string | null
  },
): readonly Check[] {
  return [
    ...textChecks(draft, facts.choices),
    check('write', 'A change', facts.isChanged ? null : 'It reads as it did before.'),
    check('publish', 'An edit that is allowed', facts.forbidden),
  ]
}

/** What a proposal says and offers, whatever else comes with it. */
function textChecks(draft: ProposalDraft, choices: readonly string[]): readonly Check[] {
  const title = draft.title.trim()
  return [
    check(
      'write',
      'A title',
      title === '' ? 'Give it a title.' : [...title].length > 256 ? 'At most 256 characters.' : null,
    ),
    check(
      'write',
      'A text that explains it',
      draft.body.trim() === '' ? 'Voters will see only the title.' : null,
      'advice',
    ),
    ...(draft.discussion.trim() !== ''
      ? [
          check(
            'write',
            'A link to the discussion',
            /^https?:\/\/\S+$/.test(draft.discussion.trim())
              ? null
              : 'It must start with http:// or https://.',
          ),
        ]
      : []),
    check(
      'decide',
      'Options to choose from',
      choices.length < 2
        ? 'At least two options.'
        : choices.some((choice) => choice === '')
          ? 'An option is empty.'
          : new Set(choices).size < choices.length
            ? 'Two options are the same.'
            : choices.some((choice) => [...choice].length > 256)
              ? 'An option has more than 256 characters.'
              : null,
    ),
  ]
}

function check(
  where: Check['where'],
  label: string,
  problem: string | null,
  state: Check['state'] = 'todo',
): Check {
  return { where, label, state: problem === null ? 'done' : state, detail: problem }
}

/** Why a module would not take a vote of these times when it is registered; null when it would. */
function modulePeriodProblem(
  { minPeriod, maxBackdate }: Pick<ModuleConfigView, 'minPeriod' | 'maxBackdate'>,
  { start, end, now }: Pick<ChecklistFacts, 'start' | 'end' | 'now'>,
): string | null {
  const registered = now + registrationSeconds
  if (end - start < minPeriod) return `The module asks for at least ${duration(minPeriod)}.`
  if (end - registered < minPeriod) {
    return `The module asks for ${duration(minPeriod)} after the registration, which takes up to ${duration(registrationSeconds)}: choose a longer vote or a later start.`
  }
  if (registered - start > maxBackdate) {
    return `The module takes a vote that begins at most ${duration(maxBackdate)} before its registration: choose a later start.`
  }
  return null
}
