import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { type DemoAccountName, demoAccounts } from '../dev/demo-accounts'

/** Anvil's first eight accounts by name, able to sign. */
export const accounts: Readonly<Record<DemoAccountName, PrivateKeyAccount>> = {
  Ada: privateKeyToAccount(demoAccounts.Ada.privateKey),
  Ben: privateKeyToAccount(demoAccounts.Ben.privateKey),
  Chloe: privateKeyToAccount(demoAccounts.Chloe.privateKey),
  Dan: privateKeyToAccount(demoAccounts.Dan.privateKey),
  Eve: privateKeyToAccount(demoAccounts.Eve.privateKey),
  Femi: privateKeyToAccount(demoAccounts.Femi.privateKey),
  Grace: privateKeyToAccount(demoAccounts.Grace.privateKey),
  Hugo: privateKeyToAccount(demoAccounts.Hugo.privateKey),
}
