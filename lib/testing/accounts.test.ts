import { mnemonicToAccount } from 'viem/accounts'
import { expect, test } from 'vitest'
import { DEMO_MNEMONIC, demoAccounts } from '../dev/demo-accounts'
import { accounts } from './accounts'

test('the named accounts are the first eight of the phrase, in order', () => {
  const derived = Object.keys(demoAccounts).map((_, i) =>
    mnemonicToAccount(DEMO_MNEMONIC, { addressIndex: i }),
  )
  expect(Object.values(demoAccounts).map((account) => account.address)).toEqual(
    derived.map((account) => account.address),
  )
  expect(Object.values(accounts).map((account) => account.address)).toEqual(
    derived.map((account) => account.address),
  )
})
