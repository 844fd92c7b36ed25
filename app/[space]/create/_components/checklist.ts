import type { BuiltCall } from './call-draft'
import type { ProposalDraft } from './draft'

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
  /** Why the connected account may not propose; null when it may, undefined while unknown. */
  readonly forbidden: string | null | undefined
}

/** Everything between a draft and a proposal, in the order of the page. */
export function checklist(draft: ProposalDraft, facts: ChecklistFacts): readonly Check[] {
  const check = (
    where: Check['where'],
    label: string,
    problem: string | null,
    state: Check['state'] = 'todo',
  ): Check => ({
    where,
    label,
    state: problem === null ? 'done' : state,
    detail: problem,
  })
  const { choices, start, end, now, built, forbidden } = facts
  const title = draft.title.trim()
  const firstBad = built.findIndex(({ problem }) => problem !== null)
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
    ...(built.length > 0
      ? [
          check(
            'execute',
            'Calls that can be executed',
            firstBad < 0 ? null : `Call ${firstBad + 1}: ${built[firstBad]?.problem}`,
          ),
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
