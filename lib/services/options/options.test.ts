import { afterAll, beforeAll, expect, test } from 'vitest'
import { accounts } from '../../testing/accounts'
import { createTestContext, type TestContext } from '../../testing/context'
import { fixedClock } from '../../testing/fixed-clock'
import { listOptions } from './list-options'
import { optionDefaults } from './options'
import { readLimits } from './read-limits'
import { setOption } from './set-option'

const clock = fixedClock(1_800_000_000)
let ctx: TestContext

beforeAll(async () => {
  ctx = await createTestContext({ clock, variables: { COMITIA_ADMINS: accounts.Ada.address } })
})
afterAll(() => ctx.close())

const space = (given: object = {}) => ({ id: 'dao', turbo: false, verified: false, flagCode: 0, ...given })

test('every option has a value that it would take', async () => {
  const options = await listOptions(ctx)
  expect(options.map(({ name }) => name)).toEqual(Object.keys(optionDefaults))
  for (const { name, value, isDefault } of options) {
    expect(isDefault, name).toBe(true)
    expect(await setOption(ctx, name, value)).toBe(value)
  }
  for (const { name } of options) await setOption(ctx, name, null)
})

test.each([
  ['turbo', { turbo: true, verified: true, flagCode: 1 }],
  ['verified', { verified: true, flagCode: 1 }],
  ['flagged', { flagCode: 2 }],
  ['default', {}],
] as const)('a space is of the first kind that fits: %s', async (kind, given) => {
  await setOption(ctx, `space.${kind}.body_limit`, '77')
  await setOption(ctx, 'space.ecosystem.list', 'dao,other')
  const limits = await readLimits(ctx, { space: space(given) })
  expect(limits).toMatchObject({ kind, bodyCharacters: 77 })
  expect(limits.proposalsPerDay).toBe(
    Number(optionDefaults[`space.${kind === 'default' ? 'ecosystem' : kind}.proposal_limit_per_day`]),
  )
  await setOption(ctx, `space.${kind}.body_limit`, null)
})

test('operators may follow more', async () => {
  const [one, other] = [accounts.Ada.address, accounts.Ben.address]
  expect((await readLimits(ctx, { person: one })).follows).toBe(5000)
  expect((await readLimits(ctx, { person: other })).follows).toBe(500)
})

test('another process learns of a change within seconds', async () => {
  const other = ctx.another()
  expect((await readLimits(other)).choices).toBe(100)
  await setOption(ctx, 'space.default.choices_limit', '7')
  expect((await readLimits(ctx)).choices).toBe(7)
  expect((await readLimits(other)).choices).toBe(100)
  clock.advance(3)
  expect((await readLimits(other)).choices).toBe(7)
})

test('nonsense in the table does not stop anybody', async () => {
  await ctx.db.query(`insert into options values ('space.default.body_limit', 'much'), ('surprise', '1')`)
  clock.advance(3)
  expect((await readLimits(ctx)).bodyCharacters).toBe(50_000)
})

test.each([
  ['space.default.colour', '1', 'There is no option "space.default.colour".'],
  ['toString', '1', 'There is no option "toString".'],
  ['space.default.body_limit', '-1', 'space.default.body_limit takes a whole number from 0 to 90000.'],
  ['space.turbo.strategies_limit', '33', 'space.turbo.strategies_limit takes a whole number from 0 to 32.'],
  [
    'user.default.follow_limit',
    '1e3',
    'user.default.follow_limit takes a whole number from 0 to 1000000000.',
  ],
  ['space.require_validation', 'yes', 'space.require_validation takes 0 or 1.'],
  ['space.ecosystem.list', 'a b', 'space.ecosystem.list takes ids of spaces, separated by commas.'],
])('%s = %s is refused', async (name, value, message) => {
  await expect(setOption(ctx, name, value)).rejects.toMatchObject({ message })
})
