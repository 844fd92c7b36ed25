import {
  type Address,
  encodeAbiParameters,
  encodeFunctionData,
  getAddress,
  type Hex,
  hashTypedData,
  keccak256,
  type TransactionReceipt,
  toHex,
} from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { fetchBlock } from '../chain/blocks'
import { createChains } from '../chain/chains'
import { enableModuleTransaction, moduleSingletons } from '../chain/module-deployment'
import { latestDefinition } from '../core/messages/definitions'
import { hashMessage } from '../core/messages/hash-message'
import { normaliseSignature } from '../core/messages/signature'
import { type BallotRecord, ballotRecordOf } from '../core/settlement/ballot-record'
import { type BallotVariant, voteTypeText } from '../core/settlement/ballot-variant'
import { type Call, executionHash } from '../core/settlement/batch'
import { hashModuleConfig, type ModuleConfig } from '../core/settlement/module-config'
import { buildModulePlugins, type ModuleRef } from '../core/settlement/module-plugins'
import type { DemoAccountName } from '../dev/demo-accounts'
import { deployModule } from '../dev/deploy-module'
import { deploySafe } from '../dev/deploy-safe'
import { multicall3Abi, multicall3Bytecode } from '../testing/abi/multicall3'
import { votesTokenAbi, votesTokenBytecode } from '../testing/abi/votes-token'
import { accounts } from '../testing/accounts'
import { startTestChain } from '../testing/chain'
import type { Election, Memory, Progress, SignedCancellation } from './executor'
import { moduleAbi } from './module/module-abi'
import { readRecord } from './module/read-record'
import { tallyModule } from './tally-module'

/** A Safe with its module, and the config that it has. */
export interface ModuleAccount {
  readonly safe: Address
  readonly module: Address
  readonly config: ModuleConfig
}

export type Choice = 1 | 2 | 3
export type ModuleWorld = Awaited<ReturnType<typeof startModuleWorld>>

/** Votes of each voter, in the token's smallest unit. */
export const power = 10n ** 21n
export const receiver = getAddress('0x00000000000000000000000000000000000c0de0')
export const payment = (value = 1n): Call => ({ to: receiver, value, data: '0x', operation: 0 })

/**
 * An anvil chain with a vote token that `voterCount` voters hold alike, and Safes on it whose modules Ben operates, Chloe
 * proposes to and Dan guards. Stop it in `afterAll`.
 */
export async function startModuleWorld({ voterCount = 5 }: { readonly voterCount?: number } = {}) {
  const chain = await startTestChain()
  const { chainId, rpcUrl, client, wallet, confirm } = chain
  const chains = createChains({ urls: { [chainId]: [rpcUrl] } })
  const ctx = { chains }
  const deployer = accounts.Hugo
  const voters = Array.from({ length: voterCount }, (_, index) =>
    privateKeyToAccount(keccak256(toHex(index + 10))),
  )

  const token = getAddress(await chain.deploy(votesTokenAbi, votesTokenBytecode, [18, false]))
  const many = await chain.deploy(multicall3Abi, multicall3Bytecode, [])
  const mint = (holder: Address) =>
    encodeFunctionData({ abi: votesTokenAbi, functionName: 'mint', args: [holder, power] })
  for (let from = 0; from < voters.length; from += 100) {
    const calls = voters
      .slice(from, from + 100)
      .map(({ address }) => ({ target: token, allowFailure: false, callData: mint(address) }))
    await confirm(
      wallet('Ada').writeContract({
        ...{ address: many, abi: multicall3Abi, functionName: 'aggregate3', args: [calls] },
      }),
    )
  }
  let count = 0n

  const now = async () => (await fetchBlock(chains, chainId, 'latest')).timestamp

  async function fromAccount(from: Address, transaction: { to: Address; data: Hex }) {
    await client.impersonateAccount({ address: from })
    await client.setBalance({ address: from, value: 10n ** 19n })
    return confirm(client.sendUnsignedTransaction({ from, ...transaction }))
  }

  const look = async (election: Election<ModuleRef>, memory?: Memory) =>
    tallyModule.look(ctx, election, await now(), memory)

  return {
    ...{ chain, client, chains, ctx, token, voters, now, fromAccount, look },
    stop: () => chain.stop(),

    /** A Safe of Ada's with 10 coins and 1000 tokens, and its module. */
    async newModule(change: Partial<ModuleConfig> = {}): Promise<ModuleAccount> {
      count += 1n
      const owners = [accounts.Ada.address]
      const safe = await deploySafe({ rpcUrl, chainId, deployer, owners, threshold: 1, saltNonce: count })
      const config = { ...baseConfig(token), ...change }
      const module = await deployModule({ rpcUrl, chainId, deployer, safe, config, saltNonce: count })
      await fromAccount(safe, enableModuleTransaction(safe, module))
      await fromAccount(accounts.Ada.address, { to: token, data: mint(safe) })
      return { safe, module, config }
    },

    /** A proposal of Chloe's that begins now, and the ballots of as many voters as there are choices. */
    async newElection(
      { module, config }: ModuleAccount,
      {
        calls = [payment()],
        choices = [1, 1, 2],
        period = 60,
        ...change
      }: {
        readonly calls?: readonly Call[]
        readonly choices?: readonly Choice[]
        readonly period?: number
      } & Partial<Election['message']> = {},
    ): Promise<Election<ModuleRef>> {
      const block = await fetchBlock(chains, chainId, 'latest')
      await client.mine({ blocks: 1 })
      const ref = {
        ...{ chainId, module, config: hashModuleConfig(config) },
        executionHash: executionHash({ chainId, verifyingContract: module, calls }),
      }
      const message = {
        ...{ from: accounts.Chloe.address, timestamp: block.timestamp, title: `Proposal at ${block.number}` },
        ...{ body: 'Why not.', discussion: '', labels: [], start: block.timestamp, app: 'comitia' },
        ...{ end: block.timestamp + period, snapshot: Number(block.number), ...change },
      }
      const { from, timestamp } = message
      const proposal = hashMessage(
        latestDefinition('proposal'),
        { name: 'snapshot', version: '0.1.4' },
        {
          ...{ ...message, from, space: config.space, timestamp, type: 'basic', privacy: '' },
          ...{ choices: ['For', 'Against', 'Abstain'], plugins: buildModulePlugins(ref) },
        },
      )
      const signature = await accounts.Chloe.sign({ hash: proposal })
      let signed: Promise<BallotRecord[]> | undefined
      return {
        ...{ proposal, config: ref, calls, message, signature, cancellation: null, result: null },
        isDemanded: false,
        ballots() {
          signed ??= Promise.all(
            choices.map((choice, index) => {
              const voter = voters[index]
              if (!voter) throw new Error(`There are only ${voters.length} voters.`)
              const variant = (index % 8) as BallotVariant
              const vote = { space: config.space, timestamp: message.start, proposal, choice }
              return signBallot(voter, { ...vote, variant, chainId })
            }),
          )
          return signed
        },
      }
    },

    /** What its author, or somebody in the author's place, signs to take it back. */
    async withdrawalOf(
      { proposal, message: { timestamp } }: Election<ModuleRef>,
      author: PrivateKeyAccount = accounts.Chloe,
    ): Promise<SignedCancellation> {
      const hash = hashTypedData({
        domain: { name: 'snapshot', version: '0.1.4' },
        types: { CancelProposal: fieldsOf('string from,string space,uint64 timestamp,string proposal') },
        primaryType: 'CancelProposal',
        message: { from: author.address, space: 'demo', timestamp: BigInt(timestamp), proposal },
      })
      return { author: author.address, timestamp, variant: 0, signature: await author.sign({ hash }) }
    },

    /** Moves the chain's clock to a second that is not past. */
    async warp(to: number) {
      await client.setNextBlockTimestamp({ timestamp: BigInt(to) })
      await client.mine({ blocks: 1 })
    },

    /** Looks, prepares what comes next, and sends it from that account: one step as a person or a keeper takes it. */
    async step(
      election: Election<ModuleRef>,
      who: DemoAccountName,
      memory?: Memory,
    ): Promise<{ readonly before: Progress; readonly receipt: TransactionReceipt }> {
      const before = await look(election, memory)
      const { address } = accounts[who]
      const { to, value, data } = await tallyModule.prepare(ctx, election, before, address)
      return { before, receipt: await confirm(wallet(who).sendTransaction({ to, value, data })) }
    },

    /** What the module and its Safe say, as they are now. */
    async read({ proposal, config: ref, message }: Election<ModuleRef>) {
      const block = await fetchBlock(chains, chainId, 'latest')
      const reading = await readRecord(chains, { ref, proposal, author: message.from, block })
      if ('problem' in reading) throw new Error(reading.problem)
      return reading
    },

    /** The contract's own state of it, by number, in a block of that second; its newest block's when none is named. */
    async stateOf({ proposal, config: { module } }: Election<ModuleRef>, at?: number): Promise<number> {
      const data = encodeFunctionData({ abi: moduleAbi, functionName: 'stateOf', args: [proposal] })
      const answer = await client.call({
        ...{ to: module, data },
        ...(at === undefined ? {} : { blockOverrides: { time: BigInt(at) } }),
      })
      return Number(answer.data)
    },
  }
}

const fieldsOf = (text: string) =>
  text.split(',').map((field) => {
    const [type = '', name = ''] = field.split(' ')
    return { type, name }
  })

async function signBallot(
  voter: PrivateKeyAccount,
  vote: {
    readonly space: string
    readonly timestamp: number
    readonly proposal: Hex
    readonly choice: Choice
    readonly variant: BallotVariant
    readonly chainId: number
  },
): Promise<BallotRecord> {
  const { variant, chainId, ...rest } = vote
  const message = { ...rest, from: voter.address, reason: '', app: 'comitia', metadata: '{}' }
  const hash = hashTypedData({
    domain: { name: 'snapshot', version: '0.1.4', ...(variant & 4 ? { chainId } : {}) },
    types: { Vote: fieldsOf(voteTypeText(variant).slice('Vote('.length, -1)) },
    primaryType: 'Vote',
    message,
  })
  const signature = normaliseSignature(await voter.sign({ hash }))
  return ballotRecordOf(message, { variant, power, signature })
}

function baseConfig(token: Address): ModuleConfig {
  return {
    ...{ space: 'demo', operator: accounts.Ben.address, receiptKey: accounts.Ben.address },
    powerSource: moduleSingletons.powerSource.address,
    powerParams: encodeAbiParameters([{ type: 'address' }], [token]),
    ...{ quorumBps: 400, quorumChoices: 5, proposalThreshold: 0n, proposers: [accounts.Chloe.address] },
    ...{ minPeriod: 30, maxBackdate: 600, maxSnapshotAge: 10_000n, commitGrace: 3_600 },
    ...{ challengeWindow: 0, omissionWindow: 0, cooldown: 10, expiry: 86_400, bond: 0n, revealFee: 0n },
    ...{ guardian: accounts.Dan.address, guardianExpiry: 4_000_000_000n, isTest: true },
  }
}
