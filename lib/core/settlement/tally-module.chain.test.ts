import fc from 'fast-check'
import {
  type Address,
  encodeAbiParameters,
  encodeFunctionData,
  getAddress,
  type Hex,
  hashTypedData,
  keccak256,
  parseAbi,
  parseEventLogs,
} from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoTokenAbi, demoTokenBytecode } from '../../chain/abi/demo-token'
import { moduleProxyFactoryAbi, moduleProxyFactoryBytecode } from '../../chain/abi/module-proxy-factory'
import { tallyCheckerAbi, tallyCheckerBytecode } from '../../chain/abi/tally-checker'
import { tallyModuleAbi, tallyModuleBytecode } from '../../chain/abi/tally-module'
import { votesPowerSourceAbi, votesPowerSourceBytecode } from '../../chain/abi/votes-power-source'
import { deploySafe } from '../../dev/deploy-safe'
import { accounts } from '../../testing/accounts'
import { startTestChain, type TestChain } from '../../testing/chain'
import { latestDefinition } from '../messages/definitions'
import { hashMessage } from '../messages/hash-message'
import { normaliseSignature } from '../messages/signature'
import { type BallotRecord, ballotRecordOf, encodeBallot } from './ballot-record'
import { type BallotVariant, voteTypeText } from './ballot-variant'
import { type Call, executionHash } from './batch'
import { commitTally } from './commitment'
import { hashModuleConfig, type ModuleConfig, moduleConfigParameter } from './module-config'
import { buildModulePlugins } from './module-plugins'
import { proofChunks, proofGas } from './proof-chunks'
import { proposalMessage } from './proposal-message'

/* The whole direct lane on a real chain, with a real Safe: what TypeScript computes is what the contracts accept. */

const chainId = 31337
const power = 10n ** 21n
const abi = [...tallyModuleAbi, ...tallyCheckerAbi.filter(({ type }) => type === 'error')] as const
const voters = Array.from({ length: 24 }, (_, index) => privateKeyToAccount(keccak256(`0x${index + 10}`)))
const receiver = getAddress('0x00000000000000000000000000000000000c0de0')

let chain: TestChain
let safe: Address
let module: Address
let checker: Address
let config: ModuleConfig

beforeAll(async () => {
  chain = await startTestChain()
  const { rpcUrl, client, wallet, confirm } = chain
  const deployer = accounts.Ada
  safe = await deploySafe({
    rpcUrl,
    chainId,
    deployer,
    owners: [deployer.address],
    threshold: 1,
    saltNonce: 7n,
  })
  await confirm(wallet('Ada').sendTransaction({ to: safe, value: 10n ** 19n }))
  const token = await chain.deploy(demoTokenAbi, demoTokenBytecode, [
    voters.map(({ address }) => address),
    voters.map(() => power),
  ])
  for (const { address } of voters) {
    await client.impersonateAccount({ address })
    await client.setBalance({ address, value: 10n ** 18n })
    const data = encodeFunctionData({ abi: demoTokenAbi, functionName: 'delegate', args: [address] })
    await confirm(client.sendUnsignedTransaction({ from: address, to: token, data }))
  }
  checker = await chain.deploy(tallyCheckerAbi, tallyCheckerBytecode, [])
  const mastercopy = await chain.deploy(tallyModuleAbi, tallyModuleBytecode, [checker])
  const factory = await chain.deploy(moduleProxyFactoryAbi, moduleProxyFactoryBytecode, [])
  const source = getAddress(await chain.deploy(votesPowerSourceAbi, votesPowerSourceBytecode, []))
  config = {
    ...{ space: 'demo', operator: accounts.Ben.address, receiptKey: accounts.Ben.address },
    ...{ powerSource: source, powerParams: encodeAbiParameters([{ type: 'address' }], [token]) },
    ...{ quorumBps: 400, quorumChoices: 5, proposalThreshold: 0n, proposers: [accounts.Chloe.address] },
    ...{ minPeriod: 30, maxBackdate: 600, maxSnapshotAge: 10_000n, commitGrace: 604_800 },
    ...{ challengeWindow: 0, omissionWindow: 0, cooldown: 10, expiry: 2_592_000 },
    ...{
      bond: 0n,
      revealFee: 0n,
      guardian: accounts.Dan.address,
      guardianExpiry: 4_000_000_000n,
      isTest: true,
    },
  }
  const parameters = encodeAbiParameters([{ type: 'address' }, moduleConfigParameter], [safe, config])
  const initializer = encodeFunctionData({ abi, functionName: 'setUp', args: [parameters] })
  const receipt = await confirm(
    wallet('Ada').writeContract({
      ...{ address: factory, abi: moduleProxyFactoryAbi, functionName: 'deployModule' },
      args: [mastercopy, initializer, 1n],
    }),
  )
  const [created] = parseEventLogs({ abi: moduleProxyFactoryAbi, logs: receipt.logs })
  module = (created as { args: { proxy: Address } }).args.proxy
  await client.impersonateAccount({ address: safe })
  const enable = encodeFunctionData({
    abi: parseAbi(['function enableModule(address module)']),
    args: [module],
  })
  await confirm(client.sendUnsignedTransaction({ from: safe, to: safe, data: enable }))
})

afterAll(() => chain.stop())

async function signVote(
  voter: PrivateKeyAccount,
  proposal: Hex,
  vote: { variant: BallotVariant; choice: 1 | 2 | 3; reason: string; timestamp: number },
): Promise<BallotRecord> {
  const fields = voteTypeText(vote.variant).slice('Vote('.length, -1).split(',')
  const types = {
    Vote: fields.map((field) => ({ type: field.split(' ')[0] ?? '', name: field.split(' ')[1] ?? '' })),
  }
  const message = {
    ...{ from: voter.address, space: config.space, timestamp: vote.timestamp, proposal },
    ...{ choice: vote.choice, reason: vote.reason, app: 'comitia', metadata: '{}' },
  }
  const domain = { name: 'snapshot', version: '0.1.4', ...(vote.variant & 4 ? { chainId } : {}) }
  const hash = hashTypedData({ domain, types, primaryType: 'Vote', message })
  const signature = normaliseSignature(await voter.sign({ hash }))
  return ballotRecordOf(message, { variant: vote.variant, power, signature })
}

const scenario = fc.record({
  title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  body: fc.string({ unit: 'grapheme', maxLength: 200 }),
  labels: fc.array(fc.stringMatching(/^[a-z0-9]{1,8}$/), { maxLength: 3 }),
  value: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  votes: fc.array(
    fc.record({
      variant: fc.integer({ min: 0, max: 7 }).map((variant) => variant as BallotVariant),
      choice: fc.constantFrom(1, 1, 1, 2, 3),
      reason: fc.string({ unit: 'grapheme', maxLength: 40 }),
      second: fc.integer({ min: 0, max: 60 }),
    }),
    { maxLength: voters.length },
  ),
  chunk: fc.integer({ min: 1, max: 12 }),
})

describe('the direct lane on a chain', () => {
  test('hashes any config alike', async () => {
    const { client, confirm } = chain
    const address = fc
      .uint8Array({ minLength: 20, maxLength: 20 })
      .map((b) => getAddress(`0x${Buffer.from(b).toString('hex')}`))
      .filter((a) => BigInt(a) !== 0n)
    const window = fc.integer({ min: 1, max: 86_400 })
    const amount = fc.bigInt({ min: 1n, max: 2n ** 128n - 1n })
    const changes = fc.record({
      ...{ space: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 70 }), operator: address },
      ...{
        receiptKey: address,
        guardian: address,
        guardianExpiry: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      },
      ...{ quorumBps: fc.integer({ min: 1, max: 10_000 }), quorumChoices: fc.integer({ min: 1, max: 7 }) },
      ...{ minPeriod: window, maxBackdate: window, commitGrace: window, challengeWindow: window },
      ...{ omissionWindow: window, cooldown: window, bond: amount, revealFee: amount },
      ...{ proposalThreshold: amount, proposers: fc.array(address, { maxLength: 5 }) },
    })
    const set = async (value: ModuleConfig) => {
      const data = encodeFunctionData({ abi, functionName: 'setConfig', args: [value] })
      await confirm(client.sendUnsignedTransaction({ from: safe, to: module, data }))
      const hash = await client.readContract({ address: module, abi, functionName: 'configHash' })
      expect(hash).toBe(hashModuleConfig(value))
      expect(
        await client.readContract({ address: module, abi, functionName: 'configOf', args: [hash] }),
      ).toEqual(value)
    }
    await fc.assert(
      fc.asyncProperty(changes, (change) => set({ ...config, ...change })),
      { numRuns: 25 },
    )
    await set(config)
  })

  test('accepts what TypeScript prepared, in any chunks, and executes what passed', async () => {
    const { client, wallet, confirm } = chain
    const read = { address: module, abi } as const
    const fuzz = fc.asyncProperty(scenario, async ({ title, body, labels, value, votes, chunk }) => {
      const block = await client.getBlock()
      const now = Number(block.timestamp)
      const calls: Call[] = [{ to: receiver, value, data: '0x', operation: 0 }]
      const ref = {
        ...{ chainId, module, config: hashModuleConfig(config) },
        executionHash: executionHash({ chainId, verifyingContract: module, calls }),
      }
      expect(await client.readContract({ ...read, functionName: 'executionHashOf', args: [calls] })).toBe(
        ref.executionHash,
      )
      const proposal = {
        ...{ from: accounts.Chloe.address, space: config.space, timestamp: now, type: 'basic', title, body },
        ...{ discussion: '', choices: ['For', 'Against', 'Abstain'], labels, start: now, end: now + 60 },
        ...{ snapshot: Number(block.number), plugins: buildModulePlugins(ref), privacy: '', app: 'comitia' },
      }
      const domain = { name: 'snapshot', version: '0.1.4' }
      const id = hashMessage(latestDefinition('proposal'), domain, proposal)
      const message = proposalMessage(proposal, ref)
      expect(await client.readContract({ ...read, functionName: 'proposalIdOf', args: [message] })).toBe(id)
      const signature = await accounts.Chloe.sign({ hash: id })
      await client.mine({ blocks: 1 })
      const known = await client.readContract({ ...read, functionName: 'stateOf', args: [id] })
      fc.pre(known === 0)
      await confirm(
        wallet('Eve').writeContract({
          ...read,
          functionName: 'register',
          args: [message, calls, signature, '0x'],
        }),
      )

      const records = await Promise.all(
        votes.map(({ second, ...vote }, index) =>
          signVote(voters[index] as PrivateKeyAccount, id, { ...vote, timestamp: now + second }),
        ),
      )
      const context = { space: config.space, proposal: id, chainId }
      const { root, count, totals, ballots } = commitTally(records, context)
      await client.setNextBlockTimestamp({ timestamp: BigInt(now + 120) })
      await confirm(
        wallet('Ben').writeContract({
          ...{ ...read, functionName: 'commitTally' },
          args: [id, root, BigInt(count), totals, `0x${'00'.repeat(32)}`, 'ipfs://ballots'],
        }),
      )
      let prover: Address = safe
      const chunks = proofChunks(ballots, proofGas.transaction + proofGas.ballot * chunk)
      for (const [index, { run, ballots: bytes }] of chunks.entries()) {
        const who = index % 2 ? 'Eve' : 'Femi'
        const { gasUsed } = await confirm(
          wallet(who).writeContract({
            ...{ ...read, functionName: 'proveBallots' },
            args: [id, prover, run, bytes, []],
          }),
        )
        expect(Number(gasUsed)).toBeLessThan(proofGas.transaction + proofGas.ballot * chunk)
        prover = accounts[who].address
      }
      const { provenAt } = await client.readContract({ ...read, functionName: 'proposalOf', args: [id] })
      expect(provenAt).toBeGreaterThan(0n)

      await client.setNextBlockTimestamp({ timestamp: provenAt + 10n })
      const before = await client.getBalance({ address: receiver })
      const [forPower, againstPower, abstainPower] = totals
      const passes =
        forPower > againstPower && (forPower + abstainPower) * 10_000n >= 400n * power * BigInt(voters.length)
      const sent = wallet('Femi').writeContract({ ...read, functionName: 'execute', args: [id, calls] })
      if (passes) await confirm(sent)
      else await expect(sent).rejects.toThrow('NotPassed')
      expect(await client.getBalance({ address: receiver })).toBe(before + (passes ? value : 0n))
    })
    await fc.assert(fuzz, { numRuns: 12 })
  }, 120_000)

  test('the checker refuses a ballot with any bit changed', async () => {
    const id = keccak256('0x1234')
    const vote = { variant: 0, choice: 1, reason: '', timestamp: 1000 } as const
    const record = encodeBallot(await signVote(voters[0] as PrivateKeyAccount, id, vote))
    const { number } = await chain.client.getBlock()
    await chain.client.mine({ blocks: 2 })
    const check = (ballots: Hex) =>
      chain.client.readContract({
        ...{ address: checker, abi: tallyCheckerAbi, functionName: 'checkBallots' },
        args: [
          {
            ...{ proposalId: id, space: keccak256('0x64656d6f'), source: config.powerSource },
            ...{ params: config.powerParams, timepoint: number, start: 1000n, end: 1000n, count: 1n },
          },
          ...(['0x', ballots, []] as const),
        ],
      })
    expect((await check(record)).root.forPower).toBe(power)
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 208 * 8 - 1 }), async (bit) => {
        const changed = Buffer.from(record.slice(2), 'hex')
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        await expect(check(`0x${changed.toString('hex')}`)).rejects.toThrow()
      }),
      { numRuns: 100 },
    )
  })
})
