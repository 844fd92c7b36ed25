import fs from 'node:fs'
import path from 'node:path'
import {
  type Address,
  createTestClient,
  createWalletClient,
  getAddress,
  http,
  isAddress,
  parseEther,
  publicActions,
} from 'viem'
import { mnemonicToAccount, privateKeyToAccount } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { demoTokenAbi, demoTokenBytecode } from '../chain/abi/demo-token'
import { DEMO_MNEMONIC, type DemoAccountName, demoAccounts } from './demo-accounts'
import type { DemoKeys } from './demo-keys'
import { GUARDIAN, setUpDemoModule } from './demo-module'
import { deploySafe } from './deploy-safe'
import { PlainError } from './run-program.mjs'

/** What the demo's DAO has on chain. */
export interface DemoContracts {
  readonly token: Address
  readonly safe: Address
  /** Settles votes for the Safe. */
  readonly module: Address
  /** Posts tallies to the module: the worker's key. */
  readonly operator: Address
  /** May stop what the module is about to execute. */
  readonly guardian: Address
}

/** Who owns the demo's Safe, and how many of them must confirm. */
const SAFE_OWNERS = ['Ada', 'Ben', 'Chloe'] as const satisfies readonly DemoAccountName[]
const THRESHOLD = 2

/** Whole tokens held, and to whom their votes are delegated. `quiet` holders are not among the listed accounts. */
const HOLDINGS: readonly { holder: DemoAccountName | number; tokens: string; delegate: DemoAccountName }[] = [
  { holder: 'Ada', tokens: '120000', delegate: 'Ada' },
  { holder: 'Ben', tokens: '85000', delegate: 'Ben' },
  { holder: 'Chloe', tokens: '60000', delegate: 'Chloe' },
  { holder: 'Dan', tokens: '42500', delegate: 'Dan' },
  { holder: 'Eve', tokens: '30000', delegate: 'Eve' },
  { holder: 'Femi', tokens: '18000', delegate: 'Eve' },
  { holder: 'Grace', tokens: '24000', delegate: 'Grace' },
  { holder: 'Hugo', tokens: '1250.5', delegate: 'Hugo' },
  { holder: 8, tokens: '55000', delegate: 'Eve' },
  { holder: 9, tokens: '9500', delegate: 'Femi' },
]

const TREASURY = { tokens: '250000', ether: '40' }

/**
 * Deploys the demo's token, Safe and module, unless the chain has them already, and remembers token and Safe in
 * `file`. Throws on any chain but 31337.
 */
export async function setUpDemoContracts(
  rpcUrl: string,
  file: string,
  keys: DemoKeys,
): Promise<DemoContracts> {
  const treasury = await setUpTreasury(rpcUrl, file)
  const owners = SAFE_OWNERS.slice(0, THRESHOLD)
  const module = await setUpDemoModule(rpcUrl, { ...treasury, ...keys, owners })
  return { ...treasury, module, operator: keys.operator, guardian: demoAccounts[GUARDIAN].address }
}

type Treasury = Pick<DemoContracts, 'token' | 'safe'>

async function setUpTreasury(rpcUrl: string, file: string): Promise<Treasury> {
  const { client, wallet } = connect(rpcUrl)
  const chainId = await client.getChainId().catch(() => {
    throw new PlainError(`RPC_URL_${foundry.id}: no chain answers at ${new URL(rpcUrl).host}.`)
  })
  if (chainId !== foundry.id)
    throw new PlainError(
      `RPC_URL_${foundry.id}: ${new URL(rpcUrl).host} is chain ${chainId}; the demo runs on no other than its own.`,
    )

  const { hash: genesis } = await client.getBlock({ blockNumber: 0n })
  const known = readContracts(file, genesis)
  if (
    known &&
    (await client.getCode({ address: known.token })) &&
    (await client.getCode({ address: known.safe }))
  )
    return known

  const deployer = mnemonicToAccount(DEMO_MNEMONIC, { addressIndex: 9 })
  const safe = await deploySafe({
    rpcUrl,
    chainId,
    deployer,
    owners: SAFE_OWNERS.map((name) => demoAccounts[name].address),
    threshold: THRESHOLD,
    saltNonce: 1n,
  })
  const send = wallet(9)
  const deployment = await send.deployContract({
    abi: demoTokenAbi,
    bytecode: demoTokenBytecode,
    args: [
      [...HOLDINGS.map(({ holder }) => accountOf(holder).address), safe],
      [...HOLDINGS, TREASURY].map(({ tokens }) => parseEther(tokens)),
    ],
  })
  const { contractAddress } = await client.waitForTransactionReceipt({ hash: deployment })
  if (!contractAddress) throw new Error('The demo token was not deployed.')
  const token = getAddress(contractAddress)
  const hashes = [await send.sendTransaction({ to: safe, value: parseEther(TREASURY.ether) })]
  for (const { holder, delegate } of HOLDINGS) {
    const args = [demoAccounts[delegate].address] as const
    hashes.push(
      await wallet(holder).writeContract({
        address: token,
        abi: demoTokenAbi,
        functionName: 'delegate',
        args,
      }),
    )
  }
  for (const hash of hashes) await client.waitForTransactionReceipt({ hash })

  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, JSON.stringify({ genesis, token, safe }))
  return { token, safe }
}

function connect(rpcUrl: string) {
  const transport = http(rpcUrl)
  const options = { chain: foundry, transport, pollingInterval: 50 }
  return {
    client: createTestClient({ mode: 'anvil', ...options }).extend(publicActions),
    wallet: (holder: DemoAccountName | number) =>
      createWalletClient({ ...options, account: accountOf(holder) }),
  }
}

function accountOf(holder: DemoAccountName | number) {
  return typeof holder === 'number'
    ? mnemonicToAccount(DEMO_MNEMONIC, { addressIndex: holder })
    : privateKeyToAccount(demoAccounts[holder].privateKey)
}

function readContracts(file: string, genesis: string): Treasury | undefined {
  try {
    const { token, safe, ...rest } = JSON.parse(fs.readFileSync(file, 'utf8'))
    return rest.genesis === genesis && isAddress(token) && isAddress(safe) ? { token, safe } : undefined
  } catch {
    // Missing or cut short: deployed anew.
    return undefined
  }
}
