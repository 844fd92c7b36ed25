import type { ImportedTotals } from '../../db/import/read-import-totals'
import type { RemoteHub } from '../remote-hub/remote-hub'
import type { LeftOut } from './cursors'

/** Why a row could not be used, or how it is not as it was signed. */
export interface RowProblem {
  readonly id: string
  readonly problem: string
}

/** What a run of an import came to, and what there is by now. */
export interface ImportReport {
  readonly space: string
  readonly hub: string
  /** Messages that this run added to the log. */
  readonly added: number
  readonly tookMs: number
  readonly proposals: number
  /** Of them, counted for good. */
  readonly counted: number
  readonly votes: number
  readonly follows: number
  readonly statements: number
  /** Messages by how they were checked: `ecdsa`, a contract wallet's ways, `unchecked`. */
  readonly checks: Readonly<Record<string, number>>
  /** The first messages that could not be checked. */
  readonly unchecked: ImportedTotals['unchecked']
  /** Proposals counted for good whose count here is not the hub's, and why. */
  readonly differing: readonly {
    readonly id: string
    readonly title: string
    readonly differences: readonly string[]
  }[]
  /** Ballots that were proven false. */
  readonly leftOut: { readonly count: number; readonly first: readonly LeftOut[] }
  /** What of this run's reading could not be used, or is not as it was signed; the first of them. */
  readonly problems: readonly RowProblem[]
}

interface Origin {
  readonly agrees?: boolean | null
  readonly isCounted?: boolean
  readonly differences?: readonly string[]
  readonly leftOut?: readonly LeftOut[]
  readonly leftOutCount?: number
}

const NAMED = 20

export function reportOf(
  hub: RemoteHub,
  space: string,
  { noted, ...totals }: ImportedTotals,
  run: { readonly added: number; readonly problems: readonly RowProblem[]; readonly tookMs: number },
): ImportReport {
  const origins = noted.map(({ id, title, origin }) => ({ id, title, origin: origin as Origin }))
  return {
    space,
    hub: hub.url,
    added: run.added,
    tookMs: Math.round(run.tookMs),
    ...totals,
    differing: origins.flatMap(({ id, title, origin: { agrees, isCounted, differences = [] } }) =>
      agrees === false && isCounted ? [{ id, title, differences }] : [],
    ),
    leftOut: {
      count: origins.reduce((sum, { origin }) => sum + (origin.leftOutCount ?? 0), 0),
      first: origins.flatMap(({ origin }) => origin.leftOut ?? []).slice(0, NAMED),
    },
    problems: [...hub.misshapen.map(({ id, problem }) => ({ id, problem })), ...run.problems].slice(0, 100),
  }
}
