/** Every check of a bundle, in the order of a report, and its title. The report's `id`s are these keys, for ever. */
export const bundleChecks = {
  file: 'The file is complete and in its one form',
  operator: 'The log is the one that was expected',
  checkpoint: 'The log’s own key signed its state',
  inclusion: 'Every message is in the log, in its place',
  completeness: 'Nothing about the proposal was left out',
  history: 'The log has kept to what it showed before',
  witnesses: 'Others saw the same log',
  order: 'Messages are in the order in which they were accepted',
  forms: 'Every message has a form that wallets show and this product signs',
  signatures: 'Every signature is its author’s, or his alias’s',
  aliases: 'Whoever signed for somebody else was his alias then',
  contracts: 'Contract wallets accepted their signatures',
  proposal: 'The proposal is the one that was signed',
  edits: 'Edits and withdrawals came in time, from who may make them',
  strategies: 'Power comes from where the space’s settings say',
  rule: 'The rule is the one in force when the proposal was made',
  blocks: 'Power was read at the block that was signed',
  window: 'Every ballot came while voting was open',
  choices: 'Every ballot chooses what there was to choose',
  voters: 'Each voter has one ballot, the newest',
  powers: 'Each ballot has its powers',
  chain: 'Blocks and powers are what the chain says',
  result: 'The ballots add up to the result',
  outcome: 'The rule gives the outcome',
  receipts: 'Every receipt handed in was honoured',
} as const

export type CheckId = keyof typeof bundleChecks

/** What a check came to. `open`: the file alone cannot tell, and `detail` says what could. */
export interface AuditCheck<Id extends string = CheckId> {
  readonly id: Id
  readonly title: string
  readonly status: 'passed' | 'failed' | 'open'
  /** One sentence; of a failure the first found, and how many more there are. */
  readonly detail: string
  /** What the first failure is about: a message's id, a voter, a line. */
  readonly offender?: string
}

/** Collects what checks find, the first of each kind and the number of the others. */
export class Findings<Id extends string = CheckId> {
  readonly #titles: Readonly<Record<Id, string>>
  readonly #failures = new Map<Id, { detail: string; offender?: string; count: number }>()
  readonly #open = new Map<Id, string>()
  readonly #details = new Map<Id, string>()

  /** `titles`: of every check, in the order of the report. */
  constructor(titles: Readonly<Record<Id, string>>) {
    this.#titles = titles
  }

  /** Something is wrong. */
  fail(id: Id, detail: string, offender?: string): void {
    const known = this.#failures.get(id)
    if (known) known.count += 1
    else this.#failures.set(id, { detail, count: 1, ...(offender !== undefined && { offender }) })
  }

  /** Fails unless `isGood`; answers it. */
  expect(isGood: boolean, id: Id, detail: string, offender?: string): boolean {
    if (!isGood) this.fail(id, detail, offender)
    return isGood
  }

  /** The file alone cannot tell. */
  leaveOpen(id: Id, detail: string): void {
    this.#open.set(id, detail)
  }

  /** What to say of a check that passes. */
  describe(id: Id, detail: string): void {
    this.#details.set(id, detail)
  }

  /** Every check, those without a finding passed. */
  checks(): AuditCheck<Id>[] {
    return (Object.keys(this.#titles) as Id[]).map((id) => {
      const head = { id, title: this.#titles[id] }
      const failure = this.#failures.get(id)
      if (failure) {
        const { count, detail, offender } = failure
        const more = count > 1 ? ` (and ${count - 1} more)` : ''
        return {
          ...head,
          status: 'failed' as const,
          detail: detail + more,
          ...(offender !== undefined && { offender }),
        }
      }
      const open = this.#open.get(id)
      if (open !== undefined) return { ...head, status: 'open' as const, detail: open }
      return { ...head, status: 'passed' as const, detail: this.#details.get(id) ?? '' }
    })
  }
}
