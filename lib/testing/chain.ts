import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  type Abi,
  type Account,
  type Address,
  type Chain,
  type ContractConstructorArgs,
  createTestClient,
  createWalletClient,
  defineChain,
  type Hex,
  type HttpTransport,
  http,
  type PublicActions,
  publicActions,
  type TestClient,
  type TransactionReceipt,
  type WalletClient,
} from 'viem'
import type { DemoAccountName } from '../dev/demo-accounts'
import { accounts } from './accounts'

export interface TestChainOptions {
  /** 31337 unless told. */
  chainId?: number
  /** Mines a block every so many seconds; without it one block per transaction. */
  blockTime?: number
  /** A free one unless told; give a stopped chain's port to come back in its place. */
  port?: number
  /** More of anvil's own flags. */
  flags?: readonly string[]
}

export interface TestChain {
  readonly rpcUrl: string
  readonly port: number
  readonly chainId: number
  readonly client: TestClient<'anvil', HttpTransport, Chain> & PublicActions<HttpTransport, Chain>
  /** A wallet of one of the funded accounts, by name or by anvil's index. */
  wallet(who: DemoAccountName | number): WalletClient<HttpTransport, Chain, Account>
  /** Waits until a transaction is mined; throws when it reverted. */
  confirm(hash: Hex | Promise<Hex>): Promise<TransactionReceipt>
  /** Deploys from Ada's account. */
  deploy<const abi extends Abi>(abi: abi, bytecode: Hex, args: ContractConstructorArgs<abi>): Promise<Address>
  /** Mines `count` blocks, one second apart on the chain's clock. */
  mine(count: number): Promise<void>
  stop(): Promise<void>
}

/** Starts anvil with its well-known accounts, funded. A block is final two blocks later. Stop it in `afterAll`. */
export async function startTestChain(options: TestChainOptions = {}): Promise<TestChain> {
  const { chainId = 31337, blockTime, port: wanted = 0, flags = [] } = options
  const process_ = spawn(
    anvilBinary(),
    [
      ...['--host', '127.0.0.1', '--port', String(wanted), '--chain-id', String(chainId)],
      ...['--slots-in-an-epoch', '1', '--max-persisted-states', '20000'],
      ...(blockTime ? ['--block-time', String(blockTime)] : []),
      ...flags,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const killWithParent = () => process_.kill('SIGKILL')
  process.once('exit', killWithParent)
  const port = await listeningPort(process_)

  const rpcUrl = `http://127.0.0.1:${port}`
  const chain = defineChain({
    id: chainId,
    name: 'test chain',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  })
  const transport = http(rpcUrl, { retryCount: 0 })
  // Without a cache: a block number of a moment ago is a wrong one here.
  const settings = { mode: 'anvil', chain, transport, pollingInterval: 20, cacheTime: 0 } as const
  const client = createTestClient(settings).extend(publicActions)
  const wallet: TestChain['wallet'] = (who) => {
    const account = typeof who === 'number' ? Object.values(accounts)[who] : accounts[who]
    if (!account) throw new Error(`There is no account ${who}.`)
    return createWalletClient({ account, chain, transport, pollingInterval: 20 })
  }
  const confirm: TestChain['confirm'] = async (sent) => {
    const hash = await sent
    const receipt = await client.waitForTransactionReceipt({ hash })
    if (receipt.status === 'reverted') throw new Error(`Transaction ${hash} reverted.`)
    return receipt
  }

  return {
    rpcUrl,
    port,
    chainId,
    client,
    wallet,
    confirm,
    async deploy(abi, bytecode, args) {
      const deployment = wallet('Ada').deployContract({ abi: abi as Abi, bytecode, args: args as unknown[] })
      const { contractAddress } = await confirm(deployment)
      if (!contractAddress) throw new Error('Nothing was deployed.')
      return contractAddress
    },
    mine: (count) => client.mine({ blocks: count, interval: 1 }),
    stop() {
      process.off('exit', killWithParent)
      if (process_.exitCode !== null || process_.signalCode !== null) return Promise.resolve()
      return new Promise((resolve) => {
        process_.once('exit', () => resolve())
        process_.kill('SIGKILL')
      })
    },
  }
}

/** The program itself: npm's launcher in between would outlive a killed test run. */
function anvilBinary(): string {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  const require = createRequire(import.meta.url)
  const folder = dirname(require.resolve(`@foundry-rs/anvil-${process.platform}-${arch}/package.json`))
  return join(folder, 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil')
}

function listeningPort(anvil: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const port = /Listening on [^:\s]+:(\d+)/.exec(output)?.[1]
      if (!port) return
      anvil.stdout?.off('data', read)
      // Read on, or anvil stops at a full pipe.
      anvil.stdout?.resume()
      resolve(Number(port))
    }
    anvil.stdout?.on('data', read)
    anvil.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    anvil.once('error', reject)
    anvil.once('exit', (code) => reject(new Error(`anvil ended with ${code}: ${output.slice(-2_000)}`)))
  })
}
