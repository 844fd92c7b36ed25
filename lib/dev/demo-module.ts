import { type Address, encodeAbiParameters, type Hex, parseAbi, parseEther } from 'viem'
import { mnemonicToAccount, privateKeyToAccount } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { enableModuleTransaction, moduleSingletons } from '../chain/module-deployment'
import type { ModuleConfig } from '../core/settlement/module-config'
import {
  execTransactionData,
  packSignatures,
  safeTransactionFor,
  safeTxHash,
} from '../core/settlement/safe-transaction'
import { DEMO_MNEMONIC, type DemoAccountName, demoAccounts } from './demo-accounts'
import type { DemoKeys } from './demo-keys'
import { deployModule } from './deploy-module'
import { connect } from './deploy-safe'

/** Who may veto what the demo's module is about to execute. */
export const GUARDIAN = 'Grace' satisfies DemoAccountName

const DAY = 86_400

/**
 * Rules by which a vote is paid out minutes after its proposing. The quorum is that of the space, 60,000 VOTE, as a
 * share of the supply; the threshold lets all the named accounts propose.
 */
export function demoModuleConfig(demo: DemoKeys & { readonly token: Address }): ModuleConfig {
  const { token, operator, receiptKey } = demo
  return {
    space: 'demo',
    operator,
    receiptKey,
    powerSource: moduleSingletons.powerSource.address,
    powerParams: encodeAbiParameters([{ type: 'address' }], [token]),
    quorumBps: 863,
    quorumChoices: 7,
    proposalThreshold: parseEther('1000'),
    proposers: [],
    minPeriod: 30,
    // A machine that sleeps for days still registers what it had when it wakes up.
    maxBackdate: 7 * DAY,
    maxSnapshotAge: 100_000n,
    commitGrace: 7 * DAY,
    challengeWindow: 0,
    omissionWindow: 0,
    cooldown: 10,
    expiry: 30 * DAY,
    bond: 0n,
    revealFee: 0n,
    guardian: demoAccounts[GUARDIAN].address,
    guardianExpiry: BigInt(Date.UTC(2036, 0, 1) / 1000),
    // Ten seconds are no time for a guardian to look.
    isTest: true,
  }
}

const safeAbi = parseAbi([
  'function nonce() view returns (uint256)',
  'function isModuleEnabled(address module) view returns (bool)',
])

/** What the operator pays gas with, and when it gets more. */
const FUNDS = { given: parseEther('100'), least: parseEther('10') }

/**
 * Gives the demo's Safe its module, by a transaction that `owners` sign, and the operator
 * coins for gas. What is there stays. Answers with the module's address.
 */
export async function setUpDemoModule(
  rpcUrl: string,
  demo: DemoKeys & {
    readonly token: Address
    readonly safe: Address
    readonly owners: readonly DemoAccountName[]
  },
): Promise<Address> {
  const { safe, operator, owners } = demo
  const chainId = foundry.id
  const deployer = mnemonicToAccount(DEMO_MNEMONIC, { addressIndex: 9 })
  const { client, wallet } = connect({ rpcUrl, chainId, deployer })
  const module = await deployModule({
    ...{ rpcUrl, chainId, deployer, safe, saltNonce: 1n },
    config: demoModuleConfig(demo),
  })
  const contract = { address: safe, abi: safeAbi } as const
  if (!(await client.readContract({ ...contract, functionName: 'isModuleEnabled', args: [module] }))) {
    const nonce = Number(await client.readContract({ ...contract, functionName: 'nonce' }))
    const transaction = safeTransactionFor([enableModuleTransaction(safe, module)], nonce)
    const hash = safeTxHash({ chainId, safe }, transaction)
    const signatures = await Promise.all(owners.map((name) => sign(name, hash)))
    const data = execTransactionData(transaction, packSignatures(signatures))
    await client.waitForTransactionReceipt({ hash: await wallet.sendTransaction({ to: safe, data }) })
  }
  if ((await client.getBalance({ address: operator })) < FUNDS.least) {
    const hash = await wallet.sendTransaction({ to: operator, value: FUNDS.given })
    await client.waitForTransactionReceipt({ hash })
  }
  return module
}

async function sign(name: DemoAccountName, hash: Hex) {
  const owner = privateKeyToAccount(demoAccounts[name].privateKey)
  return { owner: owner.address, kind: 'ecdsa', signature: await owner.sign({ hash }) } as const
}
