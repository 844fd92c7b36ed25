import { encodeFunctionData, erc20Abi, parseEther } from 'viem'
import type { Choice } from '../core/voting/voting-system'
import { type DemoAccountName, demoAccounts } from './demo-accounts'
import type { DemoContracts } from './demo-contracts'

const HOUR = 3_600
const DAY = 24 * HOUR

/** A proposal of the demo. Times are in seconds before (-) or after the moment of seeding. */
export interface DemoProposal {
  readonly title: string
  readonly body: string
  readonly author: DemoAccountName
  readonly type: 'basic' | 'ranked-choice'
  readonly choices: readonly string[]
  /** When it was proposed. */
  readonly at: number
  readonly start: number
  readonly end: number
  readonly votes: readonly {
    readonly voter: DemoAccountName
    /** When, counted from the start. */
    readonly after: number
    readonly choice: Choice
    readonly reason?: string
  }[]
  /** What the Safe is to pay when it passes. */
  readonly payments?: readonly Payment[]
  /** Who makes the Safe pay: its owners by signing, or its module by counting the votes. */
  readonly settledBy?: 'owners' | 'module'
  /** Owners who confirm; the payment is then made. */
  readonly confirmedBy?: readonly DemoAccountName[]
}

interface Payment {
  readonly to: DemoAccountName
  readonly amount: string
  readonly of: 'ETH' | 'VOTE'
}

const BASIC = ['For', 'Against', 'Abstain'] as const
const FOR = 1
const AGAINST = 2
const ABSTAIN = 3

/** What the space looks back on, in the order of its proposing. */
export const pastProposals: readonly DemoProposal[] = [
  {
    title: 'Renew the Tidemark maintenance grant',
    author: 'Chloe',
    type: 'basic',
    choices: BASIC,
    at: -6 * DAY,
    start: -6 * DAY,
    end: -3 * DAY,
    payments: [{ to: 'Grace', amount: '4', of: 'ETH' }],
    settledBy: 'owners',
    confirmedBy: ['Ada', 'Chloe'],
    votes: [
      { voter: 'Chloe', after: 2 * HOUR, choice: FOR },
      {
        voter: 'Eve',
        after: 5 * HOUR,
        choice: FOR,
        reason: 'Two releases, on time, with a changelog I could read.',
      },
      { voter: 'Ada', after: 21 * HOUR, choice: FOR },
      {
        voter: 'Hugo',
        after: 26 * HOUR,
        choice: ABSTAIN,
        reason: 'I use the tool, but I have not followed the work.',
      },
      {
        voter: 'Dan',
        after: 40 * HOUR,
        choice: AGAINST,
        reason: 'I would rather fund this by the milestone.',
      },
      { voter: 'Femi', after: 55 * HOUR, choice: FOR },
    ],
    body: `Tidemark is the open-source calendar of grant deadlines that eleven DAOs embed in their forums. Our first grant paid for three months of maintenance. It ends on Friday.

## What the last three months gave

* Two releases: time zones, and a feed that calendar apps can subscribe to.
* 41 issues closed, 6 left open.
* Median answer to a new issue: nine hours.

## What is asked

**4 ETH** to Grace, who has kept the project since the start, for three more months: about six hours a week.

## What we can expect

1. A feed per space, so that members see only what they may apply for.
2. A release at the end of each month.
3. A report in the forum before the grant ends. Without it, no renewal is proposed.`,
  },
  {
    title: 'Take a booth at the Open Infrastructure Fair',
    author: 'Ben',
    type: 'basic',
    choices: BASIC,
    at: -4 * DAY,
    start: -4 * DAY,
    end: -2 * DAY,
    payments: [{ to: 'Ben', amount: '12', of: 'ETH' }],
    settledBy: 'owners',
    votes: [
      { voter: 'Ben', after: HOUR, choice: FOR, reason: 'Half of our applicants heard of us at an event.' },
      {
        voter: 'Eve',
        after: 7 * HOUR,
        choice: AGAINST,
        reason: 'Twelve ETH is three grants. I cannot explain that to an applicant.',
      },
      { voter: 'Grace', after: 9 * HOUR, choice: AGAINST },
      {
        voter: 'Ada',
        after: 30 * HOUR,
        choice: AGAINST,
        reason: 'A talk costs nothing and reaches the same people. Let us apply for one.',
      },
      { voter: 'Dan', after: 31 * HOUR, choice: FOR },
      { voter: 'Femi', after: 44 * HOUR, choice: ABSTAIN },
    ],
    body: `The fair takes place in March; 1,800 people came last year. A booth of nine square metres with two tickets, printing and travel for two comes to **12 ETH**.

We would bring a grants desk: twenty minutes with a reviewer, no slides, an answer on the day. At the last event we went to as visitors, four such talks became applications and two of them grants.

The organisers hold the place until the end of the week.`,
  },
]

/** What the space is busy with, in the order of its proposing: the newest comes first in its list. */
export const presentProposals: readonly DemoProposal[] = [
  {
    title: 'Which field should the spring round favour?',
    author: 'Grace',
    type: 'ranked-choice',
    choices: ['Documentation and translation', 'Security reviews', 'Tools for small teams', 'Local meetups'],
    at: -20 * HOUR,
    start: -20 * HOUR,
    end: 7 * DAY,
    votes: [
      { voter: 'Grace', after: HOUR, choice: [3, 1, 2, 4], reason: 'Small teams ask us most and get least.' },
      { voter: 'Eve', after: 3 * HOUR, choice: [2, 3, 1, 4] },
      {
        voter: 'Femi',
        after: 8 * HOUR,
        choice: [1, 3, 2, 4],
        reason: 'Nobody finds a tool that is only documented in English.',
      },
      { voter: 'Dan', after: 15 * HOUR, choice: [3, 2, 4, 1] },
    ],
    body: `The spring round has 20 ETH. Last spring we took whatever came, and could compare nothing with anything. This time one field is favoured: applications from it are read first, and up to half of the round is kept for them.

| field | applications last year | granted |
|---|---|---|
| Documentation and translation | 14 | 3 |
| Security reviews | 5 | 2 |
| Tools for small teams | 22 | 4 |
| Local meetups | 9 | 1 |

Rank all four. If no field has more than half of the votes, the weakest is removed and its votes go to what their voters ranked next.`,
  },
  {
    title: 'Review applications every two weeks',
    author: 'Dan',
    type: 'basic',
    choices: BASIC,
    at: -2 * HOUR,
    start: DAY,
    end: 6 * DAY,
    votes: [],
    body: `Reviewers read applications as they arrive, which in practice means when somebody finds the time. In the last quarter an applicant waited between two days and seven weeks.

From the first of next month:

* applications are read every second Monday, all that came in by the Friday before;
* two reviewers read each one, drawn by lot from those who have no interest in it;
* everybody gets an answer by that Wednesday, if only "we need until next time, because …".

Nothing changes in who decides: grants above 1 ETH are still voted on here.`,
  },
  {
    title: 'Fund the Lanternfish accessibility audit',
    author: 'Eve',
    type: 'basic',
    choices: BASIC,
    at: -30 * 60,
    start: -30 * 60,
    end: 5 * DAY,
    payments: [
      { to: 'Dan', amount: '2.5', of: 'ETH' },
      { to: 'Dan', amount: '4000', of: 'VOTE' },
    ],
    settledBy: 'module',
    votes: [
      {
        voter: 'Eve',
        after: 5 * 60,
        choice: FOR,
        reason: 'Three of our grantees build on it, and none of them can fix it alone.',
      },
      { voter: 'Grace', after: 9 * 60, choice: AGAINST, reason: 'I would ask for a second offer first.' },
      { voter: 'Femi', after: 14 * 60, choice: FOR },
    ],
    body: `Lanternfish is the form library under three of the projects we have funded. Its date picker cannot be used with a keyboard, and screen readers announce none of its errors: everybody who builds on it inherits both.

## What is paid for

| | |
|---|---|
| Audit against WCAG 2.2 AA, with two people who use screen readers daily | 1.5 ETH |
| Fixing what it finds, merged upstream | 1 ETH |
| Votes for the auditor, who joins as a member | 4,000 VOTE |

Both payments go to Dan, who does the audit, in one transaction of the grants Safe.

## What we get

1. The report, published as it is.
2. Pull requests for everything marked serious, merged or answered within six weeks.
3. A half-hour call in which grantees can ask.

If the maintainers refuse the fixes, the second part is paid back.`,
  },
]

/** The calls that the Safe makes for these payments, in the JSON form of a batch. */
export function toCalls(payments: readonly Payment[], { token }: Pick<DemoContracts, 'token'>) {
  return payments.map(({ to, amount, of }) => {
    const { address } = demoAccounts[to]
    const units = parseEther(amount)
    if (of === 'ETH') return { to: address, value: units.toString(), data: '0x' }
    const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [address, units] })
    return { to: token, value: '0', data, signature: 'transfer(address to, uint256 amount)' }
  })
}
