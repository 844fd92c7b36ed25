import { concatHex, encodeAbiParameters, encodePacked, getAddress, hashTypedData, keccak256 } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, test } from 'vitest'
import { normaliseSignature } from '../messages/signature'
import type { HexString } from '../views/hex-string'
import { ballotDigest, ballotRecordOf, decodeBallots, encodeBallot } from './ballot-record'
import type { BallotVariant } from './ballot-variant'
import { type Call, executionHash } from './batch'
import { hashModuleConfig, type ModuleConfig, moduleConfigParameter } from './module-config'
import { buildModulePlugins } from './module-plugins'
import { proofChunks, proofGas } from './proof-chunks'
import { proposalMessage } from './proposal-message'
import { leafNode, tallyRoot } from './tally-tree'

/*
 * What TypeScript and Solidity must agree on, to the byte. The expected values are viem's, from the typed data that wallets
 * sign; forge reads the same file (contracts/test/unit/Vectors.t.sol). `vitest -u` writes it anew.
 */

const chainId = 31337
const module = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const space = 'demo'
const author = getAddress('0x70997970c51812dc3a010c7d01b50e0d17dc79c8')
const address = (seed: string) => getAddress(keccak256(`0x${seed}`).slice(0, 42))

const config: ModuleConfig = {
  space,
  operator: address('01'),
  commitGrace: 3600,
  challengeWindow: 0,
  omissionWindow: 7200,
  powerSource: address('02'),
  quorumBps: 400,
  quorumChoices: 5,
  isTest: true,
  minPeriod: 30,
  maxBackdate: 600,
  guardian: address('03'),
  guardianExpiry: 2_000_000_000n,
  cooldown: 10,
  receiptKey: address('04'),
  expiry: 30 * 86_400,
  maxSnapshotAge: 50_400n,
  bond: 10n ** 18n,
  revealFee: 10n ** 16n,
  proposalThreshold: 1000n * 10n ** 18n,
  powerParams: encodeAbiParameters([{ type: 'address' }], [address('05')]),
  proposers: [author, address('06')],
}

const calls: Call[] = [
  { to: address('07'), value: 10n ** 18n, data: '0x', operation: 0 },
  { to: address('08'), value: 0n, data: '0x12345678aabbcc', operation: 0 },
]

const hash = executionHash({ chainId, verifyingContract: module, calls })
const ref = { chainId, module, config: hashModuleConfig(config), executionHash: hash } as const

const proposal = {
  from: author,
  space,
  timestamp: 1_800_000_000,
  type: 'basic',
  title: 'Pay the auditors — “in full”',
  body: 'Zürich, 東京 🗳️\n\nSecond paragraph.',
  discussion: '',
  choices: ['For', 'Against', 'Abstain'],
  labels: ['payments', 'audit'],
  start: 1_800_000_000,
  end: 1_800_003_600,
  snapshot: 1234,
  plugins: buildModulePlugins(ref),
  privacy: '',
  app: 'comitia',
}

const plainDomain = { name: 'snapshot', version: '0.1.4' } as const
const domainOf = (variant: number) => (variant & 4 ? { ...plainDomain, chainId } : plainDomain)
const fields = (text: string) =>
  text.split(',').map((field) => {
    const [type = '', name = ''] = field.split(' ')
    return { name, type }
  })

const proposalId = hashTypedData({
  domain: plainDomain,
  types: {
    Proposal: fields(
      'string from,string space,uint64 timestamp,string type,string title,string body,string discussion,string[] choices,string[] labels,uint64 start,uint64 end,uint64 snapshot,string plugins,string privacy,string app',
    ),
  },
  primaryType: 'Proposal',
  message: proposal,
})

const voteTypes = (variant: number) => ({
  Vote: fields(
    `${variant & 1 ? 'address' : 'string'} from,string space,uint64 timestamp,${variant & 2 ? 'bytes32' : 'string'} proposal,uint32 choice,string reason,string app,string metadata`,
  ),
})

const voters = Array.from({ length: 11 }, (_, index) =>
  privateKeyToAccount(keccak256(encodePacked(['string', 'uint8'], ['voter', index]))),
).sort((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1))

const ballots = await Promise.all(
  voters.map(async (voter, index) => {
    const variant = (index % 8) as BallotVariant
    const message = {
      from: voter.address,
      space,
      timestamp: proposal.start + index * 7,
      proposal: proposalId,
      choice: ((index % 3) + 1) as 1 | 2 | 3,
      reason: index % 2 ? '' : `Because of ${index} 🗳️`,
      app: index % 4 ? 'snapshot' : '',
      metadata: '{}',
    }
    const digest = hashTypedData({
      domain: domainOf(variant),
      types: voteTypes(variant),
      primaryType: 'Vote',
      message,
    })
    const signature = normaliseSignature(await voter.sign({ hash: digest }))
    const power = (10n ** 18n * BigInt(index + 1) * 1_000_003n) / 7n
    return { digest, record: ballotRecordOf(message, { variant, power, signature }) }
  }),
)
const records = ballots.map(({ record }) => record)

/** Snapshot's `CancelProposal` in the forms of the ballots' variants. */
const cancellations = Array.from({ length: 8 }, (_, variant) =>
  hashTypedData({
    domain: domainOf(variant),
    types: {
      CancelProposal: fields(
        `${variant & 1 ? 'address' : 'string'} from,string space,uint64 timestamp,${variant & 2 ? 'bytes32' : 'string'} proposal`,
      ),
    },
    primaryType: 'CancelProposal',
    message: { from: author, space, timestamp: proposal.timestamp, proposal: proposalId },
  }),
)

const counts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const trees = counts.map((count) => {
  const { hash: root, sums } = tallyRoot(records.slice(0, count))
  const run = count === 0 ? '0x' : (proofChunks(records, gasFor(count))[1]?.run ?? '0x')
  return { count, root, totals: sums.map(String), run }
})

/** A budget that `count` ballots just fit into. */
function gasFor(count: number): number {
  return proofGas.transaction + proofGas.ballot * count
}

const context = { space, proposal: proposalId, chainId }
const vectors = {
  chainId,
  module,
  space,
  config: { encoded: encodeAbiParameters([moduleConfigParameter], [config]), hash: ref.config },
  batch: {
    encoded: encodeAbiParameters(
      [
        {
          type: 'tuple[]',
          components: [
            { name: 'to', type: 'address' },
            { name: 'value', type: 'uint256' },
            { name: 'data', type: 'bytes' },
            { name: 'operation', type: 'uint8' },
          ],
        },
      ],
      [calls],
    ),
    executionHash: hash,
  },
  plugins: proposal.plugins,
  proposal: { encoded: encodeMessage(), id: proposalId },
  cancellations: { author, timestamp: String(proposal.timestamp), digests: cancellations },
  ballots: ballots.map(({ digest, record }) => ({
    record: encodeBallot(record),
    digest,
    leaf: leafNode(record).hash,
  })),
  trees,
}

function encodeMessage(): HexString {
  const message = proposalMessage(proposal, ref)
  return encodeAbiParameters(
    fields(
      'address author,uint64 timestamp,bytes32 titleHash,bytes32 bodyHash,bytes32 discussionHash,bytes32 labelsHash,bytes32 appHash,uint64 start,uint64 end,uint64 snapshot,bytes32 config,bytes32 executionHash',
    ),
    Object.values(message),
  )
}

describe('settlement vectors', () => {
  test('are the file that forge reads', async () => {
    await expect(`${JSON.stringify(vectors, null, 2)}\n`).toMatchFileSnapshot('vectors/settlement.json')
  })

  test('the digest of a ballot comes from its record alone', () => {
    for (const { digest, record } of ballots) expect(ballotDigest(record, context)).toBe(digest)
  })

  test('records round-trip', () => {
    expect(decodeBallots(concatHex(records.map(encodeBallot)))).toEqual(records)
  })

  test('the empty tree and the tree of one', () => {
    expect(trees[0]?.root).toBe(keccak256('0x02'))
    expect(trees[1]?.root).toBe(vectors.ballots[0]?.leaf)
  })
})
