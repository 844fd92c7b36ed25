import type { ProposalView } from '../../../../lib/core/views/proposal-view'
import { type CallDraft, emptyCall } from './call-draft'

/** A proposal being written: what was typed, valid or not. Kept in the browser until it is published. */
export interface ProposalDraft {
  readonly title: string
  readonly body: string
  readonly discussion: string
  /** A voting system's id. */
  readonly type: string
  /** For systems other than basic. */
  readonly choices: readonly string[]
  /** Empty: as soon as it is published. Else a local date and time as an input holds it. */
  readonly start: string
  /** Seconds, or null for a date of its own in `end`. */
  readonly period: number | null
  readonly end: string
  /** Which of the space's treasuries makes the calls. */
  readonly treasury: number
  /** Who makes them: `safe-signers`, or a tally module's address; empty: whichever is best. */
  readonly executor: string
  readonly calls: readonly CallDraft[]
}

export const basicChoices = ['For', 'Against', 'Abstain'] as const

export function emptyDraft(type: string, period: number): ProposalDraft {
  return {
    title: '',
    body: '',
    discussion: '',
    type,
    choices: ['', ''],
    start: '',
    period,
    end: '',
    treasury: 0,
    executor: '',
    calls: [],
  }
}

/** A published proposal's text, to be edited. `type` is the voting system that the space asks for, if it does. */
export function draftOf(
  { title, body, discussion, choices, type: own }: ProposalView,
  type: string | null,
): ProposalDraft {
  return { ...emptyDraft(type ?? own, 0), title, body, discussion, choices }
}

/** The options as they will be signed. */
export function draftChoices(draft: ProposalDraft): readonly string[] {
  return draft.type === 'basic' ? basicChoices : draft.choices.map((choice) => choice.trim())
}

/** Start and end in unix seconds if it were published at `now`; NaN where a date is missing. */
export function draftPeriod(
  draft: ProposalDraft,
  fixed: { readonly delay: number | null; readonly period: number | null },
  now: number,
): { readonly start: number; readonly end: number } {
  const typed = draft.start === '' ? now : localSeconds(draft.start)
  // Snapshot's rule: a delay or period of 0 is none.
  const start = fixed.delay ? now + fixed.delay : typed
  const period = fixed.period || draft.period
  return { start, end: period !== null ? start + period : localSeconds(draft.end) }
}

function localSeconds(text: string): number {
  return Math.floor(new Date(text).getTime() / 1000)
}

/** A draft from storage; whatever does not look like one is replaced by an empty draft's part. */
export function restoreDraft(stored: unknown, empty: ProposalDraft): ProposalDraft {
  if (typeof stored !== 'object' || stored === null) return empty
  const draft = { ...empty, ...stored } as ProposalDraft
  return {
    ...draft,
    choices: Array.isArray(draft.choices) ? draft.choices.map(String) : empty.choices,
    calls: Array.isArray(draft.calls)
      ? draft.calls.map((call) => ({ ...emptyCall(call.kind), ...call }))
      : [],
  }
}
