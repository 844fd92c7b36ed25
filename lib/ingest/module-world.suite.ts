import {
  type Address,
  encodeAbiParameters,
  encodeFunctionData,
  getAddress,
  type Hex,
  zeroAddress,
} from 'viem'
import { demoTokenAbi, demoTokenBytecode } from '../chain/abi/demo-token'
import { tallyModuleAbi } from '../chain/abi/tally-module'
import { enableModuleTransaction, moduleSingletons } from '../chain/module-deployment'
import type { SpaceSettings } from '../core/messages/settings'
import { type Call, executionHash } from '../core/settlement/batch'
import { hashModuleConfig, type ModuleConfig } from '../core/settlement/module-config'
import type { ModuleRef } from '../core/settlement/module-plugins'
import { buildPlugins } from '../core/settlement/plugins'
import { proposalMessage, type SignedProposal } from '../core/settlement/proposal-message'
import { deployModule } from '../dev/deploy-module'
import { deploySafe } from '../dev/deploy-safe'
import { storeExecution } from '../services/execution/store-execution'
import { votesTokenAbi, votesTokenBytecode } from '../testing/abi/votes-token'
import { accounts } from '../testing/accounts'
import { type SignedEnvelope, signSettings } from '../testing/factories'
import { createTestWorld } from '../testing/world'

const { Ada, Ben, Chloe, Dan, Hugo } = accounts
const chainId = 31337

/** Whole tokens of the world's accounts, each his own delegate: 1,000 in all. */
const holdings = [
  [Ada, 100n],
  [Ben, 300n],
  [Chloe, 350n],
  [Dan, 250n],
] as const

export type ModuleWorld = Awaited<ReturnType<typeof createModuleWorld>>

/**
 * A space whose Safe has a tally module, on a chain whose time is the clock's. Its token has votes by blocks and 18
 * decimals, or by seconds and 6. Ada is the space's admin and on the module's list; others need 300 tokens.
 */
export async function createModuleWorld({ isTimed = false }: { readonly isTimed?: boolean } = {}) {
  const world = await createTestWorld()
  const { chain, ctx, clock } = world
  const { client } = chain
  const decimals = isTimed ? 6 : 18
  const unit = 10n ** BigInt(decimals)
  const local = { rpcUrl: chain.rpcUrl, chainId, deployer: Hugo }
  const token = getAddress(isTimed ? await deployTimed() : await deployCounting())
  const safe = await deploySafe({ ...local, owners: [Ada.address], threshold: 1, saltNonce: 1n })
  await client.impersonateAccount({ address: safe })
  await client.setBalance({ address: safe, value: 10n ** 19n })
  const start: ModuleConfig = {
    ...{ space: 'dao', operator: Hugo.address, receiptKey: Hugo.address },
    powerSource: moduleSingletons.powerSource.address,
    powerParams: encodeAbiParameters([{ type: 'address' }], [token]),
    ...{ quorumBps: 400, quorumChoices: 5, proposalThreshold: 300n * unit, proposers: [Ada.address] },
    ...{ minPeriod: 600, maxBackdate: 300, maxSnapshotAge: 3_600n, commitGrace: 604_800 },
    ...{ challengeWindow: 0, omissionWindow: 0, cooldown: 10, expiry: 2_592_000 },
    ...{ bond: 0n, revealFee: 0n, guardian: zeroAddress, guardianExpiry: 0n, isTest: true },
  }
  const module = await deployModule({ ...local, safe, config: start, saltNonce: 1n })
  await fromSafe(enableModuleTransaction(safe, module))
  let config = start
  let salt = 1n
  let isChanged = false
  const settings: Partial<SpaceSettings> = {
    symbol: 'GOV',
    strategies: [{ name: 'erc20-votes', params: { address: token, decimals } }],
    treasuries: [{ name: 'Main', address: safe, network: String(chainId) }],
  }
  await tick()
  await setSettings()

  async function deployCounting(): Promise<Address> {
    const whole = holdings.map(([holder, amount]) => [holder.address, amount * unit] as const)
    const deployed = await chain.deploy(demoTokenAbi, demoTokenBytecode, [
      whole.map(([address]) => address),
      whole.map(([, amount]) => amount),
    ])
    for (const [holder] of holdings) {
      await client.impersonateAccount({ address: holder.address })
      const data = encodeFunctionData({ abi: demoTokenAbi, functionName: 'delegate', args: [holder.address] })
      await chain.confirm(client.sendUnsignedTransaction({ from: holder.address, to: deployed, data }))
    }
    return deployed
  }

  async function deployTimed(): Promise<Address> {
    const deployed = await chain.deploy(votesTokenAbi, votesTokenBytecode, [decimals, true])
    for (const [holder, amount] of holdings) await mint(deployed, holder.address, amount * unit)
    return deployed
  }

  function mint(to: Address, holder: Address, amount: bigint) {
    const call = { address: to, abi: votesTokenAbi, functionName: 'mint', args: [holder, amount] } as const
    return chain.confirm(chain.wallet('Hugo').writeContract(call))
  }

  function fromSafe({ to, data }: { readonly to: Address; readonly data: Hex }) {
    return chain.confirm(client.sendUnsignedTransaction({ from: safe, to, data }))
  }

  /** A block at the clock's time, `seconds` later than now: the clock is never behind the chain. */
  async function tick(seconds = 1): Promise<void> {
    const { timestamp } = await client.getBlock()
    clock.advance(Math.max(seconds, Number(timestamp) + seconds - world.now()))
    await client.setNextBlockTimestamp({ timestamp: BigInt(world.now()) })
    await client.mine({ blocks: 1 })
  }

  async function setSettings(changes: Partial<SpaceSettings> = {}): Promise<void> {
    clock.advance(1)
    isChanged = true
    const changed = { ...settings, ...changes }
    await world.ingest.ingest(
      await signSettings(Ada, { space: 'dao', settings: changed, timestamp: world.now() }),
    )
  }

  /** The module is governed by this from the next block on. */
  async function setConfig(changes: Partial<ModuleConfig> = {}): Promise<void> {
    isChanged = true
    config = { ...start, ...changes }
    const data = encodeFunctionData({ abi: tallyModuleAbi, functionName: 'setConfig', args: [config] })
    await fromSafe({ to: module, data })
    await tick()
  }

  return {
    ...world,
    ...{ token, decimals, unit, safe, module, settings, tick, setSettings, fromSafe, mint },
    config: () => config,

    setConfig,

    /** Settings and config as they were at first. */
    async reset(): Promise<void> {
      if (isChanged) {
        await setSettings()
        await setConfig()
      }
      isChanged = false
    },

    /** Another module of the Safe, not enabled. */
    deployModule: (changes: Partial<ModuleConfig> = {}) =>
      deployModule({ ...local, safe, config: { ...start, ...changes }, saltNonce: ++salt }),

    /** Stores calls for the module, and names them as a proposal does. */
    async refFor(calls: readonly Call[], changes: Partial<ModuleRef> = {}): Promise<ModuleRef> {
      const json = calls.map(({ value, ...call }) => ({ ...call, value: value.toString() }))
      await storeExecution(ctx, { chainId, module, calls: json })
      const hash = executionHash({ chainId, verifyingContract: module, calls })
      return { chainId, module, config: hashModuleConfig(config), executionHash: hash, ...changes }
    },

    /** What a client signs for a proposal made now, an hour long. */
    async draft(ref: ModuleRef) {
      const head = await client.getBlock()
      const timestamp = Number(head.timestamp)
      return {
        ...{ space: 'dao', timestamp, start: timestamp, end: timestamp + 3_600 },
        ...{ snapshot: Number(head.number) - 1, plugins: buildPlugins(ref), privacy: '' },
      }
    },

    /** Hands an accepted proposal to the module, as anybody may. Throws when it reverts. */
    register(envelope: SignedEnvelope, ref: ModuleRef, calls: readonly Call[]) {
      const proposal = envelope.data.message as unknown as SignedProposal
      return chain.confirm(
        chain.wallet('Eve').writeContract({
          ...{ address: module, abi: tallyModuleAbi, functionName: 'register' },
          args: [proposalMessage(proposal, ref), [...calls], envelope.sig as Hex, '0x'],
        }),
      )
    },

    registered: (id: Hex) =>
      client.readContract({ address: module, abi: tallyModuleAbi, functionName: 'proposalOf', args: [id] }),
  }
}

/** Coins to somebody without code. */
export const payment: Call = { to: accounts.Grace.address, value: 1n, data: '0x', operation: 0 }
