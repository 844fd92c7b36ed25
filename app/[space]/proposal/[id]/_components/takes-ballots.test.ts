import { expect, test } from 'vitest'
import type { ExecutionView } from '../../../../../lib/core/views/proposal-view'
import { takesBallots } from './takes-ballots'

const author = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const moderator = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'
const safe = { executor: 'safe-signers', module: null } as ExecutionView
const module = { executor: 'tally-module', module: moderator } as unknown as ExecutionView
const hiddenBy = (by: typeof author | typeof moderator) => ({ by, at: 1 })

test('a moderator stops a vote, but not one that a module settles; its author does', () => {
  for (const execution of [null, safe, module]) {
    expect(takesBallots({ author, execution, origin: null, hidden: null })).toBe(true)
    expect(takesBallots({ author, execution, origin: null, hidden: hiddenBy(author) })).toBe(false)
    expect(takesBallots({ author, execution, origin: null, hidden: hiddenBy(moderator) })).toBe(
      execution === module,
    )
  }
})

test('none are taken on a proposal of another hub', () => {
  const origin = {
    hub: 'https://hub.example',
    importedAt: 1,
    signatures: { checked: 1, unchecked: 0 },
    leftOut: 0,
    message: '0x02',
    recount: 'agrees',
    differences: [],
  } as const
  expect(takesBallots({ author, execution: null, origin, hidden: null })).toBe(false)
})
