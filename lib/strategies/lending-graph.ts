import type { Address } from 'viem'

/** A part of somebody's power, as a weight among those of his other loans. */
export interface Loan {
  readonly from: Address
  readonly to: Address
  /** Above 0. */
  readonly weight: bigint
}

/** Loans that could form circles are checked one by one up to this number, and all void beyond. */
const MAX_CIRCULAR = 1_000

/** Who lends to whom, without circles other than to oneself. */
export interface LendingGraph {
  /** The account itself and everybody whose power may reach it. */
  sourcesOf(accounts: readonly Address[]): Address[]
  /** The accounts themselves and everybody whom their power may reach. */
  reachedBy(accounts: readonly Address[]): Address[]
  /**
   * What each account has, of its own power and what it was lent, and what of that it does not lend on. Loans of `kept`
   * accounts are left out. Nothing is lost: what cannot be divided goes to the last of a lender's loans.
   */
  flow(powers: ReadonlyMap<Address, bigint>, kept?: ReadonlySet<Address>): Flow
}

export interface Flow {
  /** Own and lent power, before lending it on. */
  heldBy(account: Address): bigint
  /** What is left of it. */
  leftTo(account: Address): bigint
}

/**
 * Power that is lent goes on to whom the borrower lends to. Of loans that form a circle the one that stands last in the
 * list is void, and the lender's others share his power.
 */
export function createLendingGraph(loans: readonly Loan[]): LendingGraph {
  const lent = groupBy(withoutCircles(loans), ({ from }) => from)
  const borrowed = groupBy(
    [...lent.values()].flat().filter(({ from, to }) => from !== to),
    ({ to }) => to,
  )
  const order = sort(lent, borrowed)
  return {
    sourcesOf(accounts) {
      const sources = new Set(accounts)
      // A set hands out what is added while it is walked.
      for (const account of sources) for (const { from } of borrowed.get(account) ?? []) sources.add(from)
      return [...sources]
    },
    reachedBy(accounts) {
      const reached = new Set(accounts)
      for (const account of reached) for (const { to } of lent.get(account) ?? []) reached.add(to)
      return [...reached]
    },
    flow(powers, kept = new Set()) {
      const held = new Map(powers)
      const left = new Map(powers)
      for (const account of order) {
        const power = held.get(account) ?? 0n
        left.set(account, power)
        if (kept.has(account)) continue
        for (const [to, share] of divide(power, lent.get(account) ?? [])) {
          if (to === account) continue
          left.set(account, (left.get(account) ?? 0n) - share)
          held.set(to, (held.get(to) ?? 0n) + share)
          left.set(to, held.get(to) ?? 0n)
        }
      }
      return {
        heldBy: (account) => held.get(account) ?? 0n,
        leftTo: (account) => left.get(account) ?? 0n,
      }
    },
  }
}

/** Shares by weight, rounded down; the last takes what is left. */
function divide(power: bigint, loans: readonly Loan[]): [Address, bigint][] {
  const total = loans.reduce((sum, { weight }) => sum + weight, 0n)
  let rest = power
  return loans.map(({ to, weight }, i) => {
    const share = i === loans.length - 1 ? rest : (power * weight) / total
    rest -= share
    return [to, share]
  })
}

/** Lenders, each before those he lends to; who is in a circle or behind one is left out. */
function sort(lent: Groups, borrowed: Groups): Address[] {
  const open = new Map([...lent.keys()].map((account) => [account, borrowed.get(account)?.length ?? 0]))
  const order = [...open].filter(([, count]) => count === 0).map(([account]) => account)
  // A list hands out what is added while it is walked.
  for (const account of order) {
    for (const { to } of lent.get(account) ?? []) {
      const count = open.get(to)
      if (to === account || count === undefined) continue
      open.set(to, count - 1)
      if (count === 1) order.push(to)
    }
  }
  return order
}

function withoutCircles(loans: readonly Loan[]): Loan[] {
  const suspects = findSuspects(loans)
  if (suspects.size > MAX_CIRCULAR) return loans.filter((loan) => !suspects.has(loan))
  const sound = new Map<Address, Address[]>()
  const reaches = (from: Address, to: Address) => {
    const seen = new Set([from])
    for (const account of seen) for (const next of sound.get(account) ?? []) seen.add(next)
    return seen.has(to)
  }
  return loans.filter((loan) => {
    if (!suspects.has(loan)) return true
    const { from, to } = loan
    if (reaches(to, from)) return false
    sound.set(from, [...(sound.get(from) ?? []), to])
    return true
  })
}

/** Loans in circles, or between them. */
function findSuspects(loans: readonly Loan[]): Set<Loan> {
  const toOthers = loans.filter(({ from, to }) => from !== to)
  const forward = groupBy(toOthers, ({ from }) => from)
  const free = new Set(
    sort(
      forward,
      groupBy(toOthers, ({ to }) => to),
    ),
  )
  // What no circle leads to is out. The same backwards: what leads to none.
  const left = toOthers.filter(({ from }) => !free.has(from))
  const backward = left.map((loan) => ({ ...loan, from: loan.to, to: loan.from }))
  const freeBackward = new Set(
    sort(
      groupBy(backward, ({ from }) => from),
      groupBy(backward, ({ to }) => to),
    ),
  )
  return new Set(left.filter(({ to }) => !freeBackward.has(to)))
}

type Groups = ReadonlyMap<Address, readonly Loan[]>

function groupBy(loans: readonly Loan[], keyOf: (loan: Loan) => Address): Groups {
  const groups = new Map<Address, Loan[]>()
  for (const loan of loans) {
    const group = groups.get(keyOf(loan))
    if (group) group.push(loan)
    else groups.set(keyOf(loan), [loan])
  }
  return groups
}
