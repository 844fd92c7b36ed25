/** What one check of what a hub shows came to. */
export interface HubCheck<Id extends string = string> {
  readonly id: Id
  readonly title: string
  /** `open`: nothing is wrong, and something cannot be told from here. */
  readonly status: 'passed' | 'failed' | 'open'
  readonly passed: number
  readonly failed: number
  readonly open: number
  /** What passed, in words; empty where the numbers say it. */
  readonly detail: string
  /** The first that failed, then the first that are open. */
  readonly offenders: readonly {
    readonly id: string
    readonly problem: string
    readonly status: 'failed' | 'open'
  }[]
}

/** Of each kind, named in a report. */
const NAMED = 5

/** Counts what checks come to, and keeps the first of each kind that fail or stay open. */
export class RowFindings<Id extends string> {
  readonly #titles: Readonly<Record<Id, string>>
  readonly #counts = new Map<Id, { passed: number; failed: number; open: number }>()
  readonly #offenders = new Map<Id, HubCheck['offenders'][number][]>()
  readonly #details = new Map<Id, string>()

  /** `titles`: of every check, in the order of the report. */
  constructor(titles: Readonly<Record<Id, string>>) {
    this.#titles = titles
  }

  pass(id: Id, count = 1): void {
    this.#count(id).passed += count
  }

  fail(id: Id, offender: string, problem: string): void {
    this.#note(id, 'failed', offender, problem)
  }

  leaveOpen(id: Id, offender: string, problem: string): void {
    this.#note(id, 'open', offender, problem)
  }

  /** Passes unless there is a problem. */
  expect(id: Id, offender: string, problem: string | undefined): void {
    if (problem === undefined) this.pass(id)
    else this.fail(id, offender, problem)
  }

  describe(id: Id, detail: string): void {
    this.#details.set(id, detail)
  }

  checks(): HubCheck<Id>[] {
    return (Object.keys(this.#titles) as Id[]).map((id) => {
      const counts = this.#count(id)
      const offenders = this.#offenders.get(id) ?? []
      return {
        id,
        title: this.#titles[id],
        status: counts.failed > 0 ? 'failed' : counts.open > 0 ? 'open' : 'passed',
        ...counts,
        detail: this.#details.get(id) ?? '',
        offenders: offenders.toSorted((a, b) => a.status.localeCompare(b.status)),
      }
    })
  }

  #count(id: Id) {
    const counts = this.#counts.get(id) ?? { passed: 0, failed: 0, open: 0 }
    this.#counts.set(id, counts)
    return counts
  }

  #note(id: Id, status: 'failed' | 'open', offender: string, problem: string): void {
    const counts = this.#count(id)
    counts[status] += 1
    if (counts[status] > NAMED) return
    const offenders = this.#offenders.get(id) ?? []
    this.#offenders.set(id, offenders)
    offenders.push({ id: offender, problem, status })
  }
}
