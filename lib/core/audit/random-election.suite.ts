import { ed25519 } from '@noble/curves/ed25519'
import { secp256k1 } from '@noble/curves/secp256k1'
import { keccak_256 } from '@noble/hashes/sha3'
import { bytesToHex } from '@noble/hashes/utils'
import { getAddress } from 'viem/utils'
import {
  cancelProposalTypedData,
  flagProposalTypedData,
  type MessageTypedData,
  proposalTypedData,
  settingsTypedData,
  updateProposalTypedData,
  voteTypedData,
} from '../../client/typed-data'
import { formatVerifierKey, signCheckpoint } from '../log/checkpoint'
import { encodeLeaf, hashLeaf } from '../log/leaf'
import { publishTiles } from '../log/publish-tiles.suite'
import { hashReceipt, hashSignature, type Receipt } from '../log/receipt'
import { signNote } from '../log/signed-note'
import { rootOfLeaves } from '../log/tree'
import { definitions, latestDefinition } from '../messages/definitions'
import { canonicalEnvelope, type SignedMessage } from '../messages/envelope'
import { resolveKept } from '../messages/resolve-kept'
import { resolveMessage, SNAPSHOT_DOMAIN } from '../messages/resolve-message'
import { parseVote } from '../messages/vote'
import { decideOutcome } from '../proposal/decide-outcome'
import { describeOutcome } from '../proposal/describe-outcome'
import { describeRule } from '../proposal/describe-rule'
import { ruleFor } from '../proposal/rule-for'
import { hashModuleConfig, type ModuleConfig } from '../settlement/module-config'
import { moduleRule } from '../settlement/module-rule'
import { buildPlugins } from '../settlement/plugins'
import { recount } from '../tally/recount'
import type { HexString } from '../views/hex-string'
import { getVotingSystem, type VotingSystemId, votingSystems } from '../voting/registry'
import type { BallotKind, Choice } from '../voting/voting-system'
import type { AuditOptions, SignedReceipt } from './audit-options'
import { writeModuleConfig } from './module-config-json'
import type { BundledMessage, BundleSource } from './write-bundle'

/** What an operator's database holds of an election: the log's entries and what was frozen beside them. */
export interface Records {
  /** In log order; a hash is an entry of somebody else's. */
  readonly entries: readonly (Omit<BundledMessage, 'index'> | Uint8Array)[]
  readonly facts: Pick<BundleSource, 'proposal' | 'rule' | 'strategies' | 'blocks'> & {
    readonly type: VotingSystemId
    readonly choices: readonly string[]
    readonly symbol: string
  }
  /** What the chains would say. */
  readonly chain: Required<Pick<AuditOptions, 'readPowers' | 'readBlock' | 'readTotal' | 'checkContract'>>
}

export interface Shape {
  readonly type?: VotingSystemId
  readonly voters?: number
  readonly strategies?: number
  /** A module decides (basic voting only). */
  readonly hasModule?: boolean
  /** Some let a key sign for them. */
  readonly hasAliases?: boolean
  /** Entries of others between those of the election, about this many for each. */
  readonly strangers?: number
}

const ORIGIN = 'vote.example/log'
const logSecret = new Uint8Array(32).fill(7)
const receiptSecret = new Uint8Array(32).fill(9)
export const logKey = formatVerifierKey(ORIGIN, ed25519.getPublicKey(logSecret))
export const receiptKey = addressOf(receiptSecret)
export const signAsLog = (text: string) => signNote(text, ORIGIN, logSecret)
/** The log's state at any content, signed. */
export const checkpointOf = (leaves: readonly Uint8Array[]) =>
  signCheckpoint({ origin: ORIGIN, size: leaves.length, root: rootOfLeaves(leaves) }, logSecret)

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function randomness(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    below,
    chance: (of: number) => next() < of,
    bytes: (length: number) => Uint8Array.from({ length }, () => below(256)),
    shuffle: <Item>(items: readonly Item[]) =>
      items
        .map((item) => ({ item, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item),
  }
}

type Random = ReturnType<typeof randomness>

export function signDigest(digest: HexString, secret: Uint8Array): HexString {
  const signature = secp256k1.sign(digest.slice(2), secret)
  return `0x${signature.toHex('compact')}${(27 + signature.recovery).toString(16)}`
}

export function addressOf(secret: Uint8Array): HexString {
  const key = secp256k1.getPublicKey(secret, false)
  return getAddress(`0x${bytesToHex(keccak_256(key.subarray(1)).subarray(12))}`)
}

/** A message as it lies in the log, signed by a key, or with a signature that only a contract can read. */
export function signEntry(
  typedData: MessageTypedData,
  signer: Uint8Array | HexString,
  acceptedAtMs: number,
  domain: SignedMessage['data']['domain'] = typedData.domain,
  address = typedData.message.from as HexString,
): Omit<BundledMessage, 'index'> {
  const { types, message } = typedData
  const data = { domain, types, message }
  const { id } = resolveKept({ address, sig: '0x', data }).resolved
  const sig = typeof signer === 'string' ? signer : signDigest(id, signer)
  return { acceptedAtMs, envelope: canonicalEnvelope({ address, sig, hash: id, data }).text }
}

/** The leaf of an entry. */
export function leafOf(entry: Records['entries'][number]): Uint8Array {
  if (entry instanceof Uint8Array) return entry
  const { hash: _, ...envelope } = JSON.parse(entry.envelope)
  const { kind, id } = resolveKept(envelope).resolved
  const { sha256 } = canonicalEnvelope({ ...envelope, hash: id })
  return hashLeaf(encodeLeaf({ kind, id, envelopeSha256: sha256, acceptedAtMs: entry.acceptedAtMs }))
}

/** What the operator publishes of these records: result and checkpoint are made from them, whatever they say. */
export function publish({ entries, facts }: Records): BundleSource {
  const leaves = entries.map(leafOf)
  const { type, choices, symbol, strategies, rule } = facts
  const messages = entries.flatMap((entry, index) => (entry instanceof Uint8Array ? [] : { ...entry, index }))
  const counted = messages.flatMap(({ envelope, ballot }) => {
    if (ballot?.status !== 'counted') return []
    const { kind, message } = resolveMessage(JSON.parse(envelope))
    const { choice } = parseVote(message, kind as 'vote')
    return { choice, powerByStrategy: ballot.power.map(BigInt) }
  })
  const result = recount(getVotingSystem(type), counted, choices.length, strategies.length)
  const outcome = decideOutcome(rule.rule, result)
  const hasNews = messages.some(({ envelope }) => {
    const { address, data } = JSON.parse(envelope) as SignedMessage
    return address !== data.message.from || 'FlagProposal' in data.types
  })
  return {
    ...facts,
    header: { version: hasNews ? 2 : 1, origin: ORIGIN, logKey, receiptKeys: [receiptKey] },
    proposal: facts.proposal,
    messages,
    tree: publishTiles(leaves),
    checkpoint: checkpointOf(leaves),
    sign: signAsLog,
    result: {
      scores: result.scores.map(String),
      scoresByStrategy: result.scoresByStrategy.map((row) => row.map(String)),
      total: String(result.total),
      ballots: result.ballots,
      status: outcome.status,
      text: describeOutcome(outcome, { choices, symbol }),
    },
  }
}

/** The receipt that the sender of entry `index` was given. */
export function receiptFor(entries: Records['entries'], index: number): SignedReceipt {
  const entry = entries[index]
  if (!entry || entry instanceof Uint8Array) throw new Error(`entry ${index} is nobody's here`)
  const { sig, hash, data } = JSON.parse(entry.envelope) as SignedMessage
  const about = data.message.proposal ?? ('snapshot' in data.message ? hash : `0x${'00'.repeat(32)}`)
  const receipt: Receipt = {
    messageId: hash,
    proposal: String(about) as HexString,
    voter: data.message.from as HexString,
    signatureHash: hashSignature(sig),
    logIndex: index,
    acceptedAt: Math.floor(entry.acceptedAtMs / 1000),
  }
  return { receipt, signature: signDigest(hashReceipt(receipt), receiptSecret) }
}

/** The link of a key, under the definition without a date if there is none, or its end. */
export function aliasTypedData(
  kind: 'alias' | 'revoke-alias',
  message: { readonly from: HexString; readonly alias: HexString; readonly timestamp?: number },
): MessageTypedData {
  const size = Object.keys(message).length
  const found = definitions.find((one) => one.kind === kind && one.fields.length === size)
  const { types, primaryType } = found ?? latestDefinition(kind)
  return { domain: SNAPSHOT_DOMAIN, types, primaryType, message: { ...message } }
}

const T = 1_700_000_000

/** An honest election with everything in it that a system allows: edits, re-votes, contract wallets, other people's entries. */
export function randomElection(seed: number, shape: Shape = {}): Records {
  const random = randomness(seed)
  const { hasModule = false, hasAliases = false, voters = 2 + random.below(10), strangers = 1 } = shape
  const type = hasModule
    ? 'basic'
    : (shape.type ?? votingSystems[random.below(votingSystems.length)]?.id ?? 'basic')
  const strategyCount = hasModule ? 1 : (shape.strategies ?? 1 + random.below(2))
  const choices =
    type === 'basic'
      ? ['For', 'Against', 'Abstain']
      : ['Red', 'Green', 'Blue', 'Grey'].slice(0, 2 + random.below(3))
  const entries: (Omit<BundledMessage, 'index'> | Uint8Array)[] = []
  let nowMs = T * 1000
  const wait = (seconds: number) => {
    nowMs += random.below(seconds * 1000)
    for (let i = 0; i < strangers; i += 1) if (random.chance(0.7)) entries.push(random.bytes(32))
  }
  const clock = () => Math.floor(nowMs / 1000)

  const contracts = new Map<string, string>()
  const byContract = (typedData: MessageTypedData, domain = typedData.domain) => {
    const sig: HexString = `0x${bytesToHex(random.bytes(97))}`
    const entry = signEntry(typedData, sig, nowMs, domain)
    const contract = {
      ...{ method: random.chance(0.5) ? ('eip1271' as const) : ('erc6492' as const), network: '1' },
      ...{ block: 19_100_000 + random.below(1000), blockHash: `0x${bytesToHex(random.bytes(32))}` },
    }
    const { address, hash } = JSON.parse(entry.envelope) as SignedMessage
    contracts.set(address + hash, JSON.stringify([contract, sig]))
    return { ...entry, contract }
  }
  // Apart, so that an election without them is the same.
  const keys = randomness(seed + 77)
  const aliases = new Map<string, Uint8Array>()
  const sayAlias = (kind: 'alias' | 'revoke-alias', from: HexString, key: Uint8Array): MessageTypedData =>
    aliasTypedData(kind, { from, alias: addressOf(key), timestamp: clock() })
  const [admin, secret] = [random.bytes(32), random.bytes(32)]
  const isContractsProposal = !hasModule && random.chance(0.3)
  const author = isContractsProposal ? getAddress(`0x${bytesToHex(random.bytes(20))}`) : addressOf(secret)
  const signHimself =
    (own: Uint8Array, isContract: boolean) =>
    (typedData: MessageTypedData, domain = typedData.domain) =>
      isContract ? byContract(typedData, domain) : signEntry(typedData, own, nowMs, domain)
  /** The key that somebody signs with this time, unless his own; what has to be in the log for it comes first. */
  const pickAlias = (
    from: HexString,
    sign: (typedData: MessageTypedData) => Omit<BundledMessage, 'index'>,
  ) => {
    if (!hasAliases || keys.chance(0.3)) return undefined
    const known = aliases.get(from)
    if (known && keys.chance(0.3)) {
      entries.push(sign(sayAlias('revoke-alias', from, known)))
      nowMs += 1000
      aliases.delete(from)
      if (keys.chance(0.5)) return undefined
    }
    const key = known ?? keys.bytes(32)
    if (!aliases.has(from)) {
      entries.push(sign(sayAlias('alias', from, key)))
      nowMs += 1000
      aliases.set(from, key)
    }
    return key
  }
  const signAsHimself = signHimself(secret, isContractsProposal)
  const authorsKey = hasModule ? undefined : pickAlias(author, signAsHimself)
  const signAsAuthor = (typedData: MessageTypedData) =>
    authorsKey
      ? signEntry(typedData, authorsKey, nowMs, typedData.domain, addressOf(authorsKey))
      : signAsHimself(typedData)
  const token = getAddress(`0x${bytesToHex(random.bytes(20))}`)
  const settings = {
    name: 'The DAO',
    network: '1',
    symbol: 'VOTE',
    strategies: Array.from({ length: strategyCount }, (_, at) => ({
      name: 'erc20-votes',
      params: { address: token, decimals: 18, symbol: `V${at}` },
      ...(at > 0 && { network: '137' }),
    })),
    voting: { quorum: random.below(3) * 0.5, ...(random.chance(0.3) && { quorumType: 'rejection' }) },
    admins: [addressOf(admin)],
  }
  const sendSettings = (value: object) => {
    const message = {
      from: addressOf(admin),
      space: 'dao',
      timestamp: clock(),
      settings: JSON.stringify(value),
    }
    entries.push(signEntry(settingsTypedData(message), admin, nowMs))
  }
  wait(50)
  sendSettings(settings)
  wait(50)

  const config = randomConfig(random)
  const module = {
    chainId: 1,
    module: token,
    config: hashModuleConfig(config),
    executionHash: `0x${'ab'.repeat(32)}`,
  } as const
  const total = 10n ** 24n
  const [start, end] = [T + 1000, T + 5000]
  const text = {
    ...{ from: author, space: 'dao', type, choices },
    ...{
      title: `Election ${seed}`,
      body: 'Why, and how — “in words”.',
      plugins: hasModule ? buildPlugins(module) : '{}',
    },
  }
  const proposal = signAsAuthor(
    proposalTypedData({ ...text, timestamp: clock(), start, end, snapshot: 19_000_000 + seed }),
  )
  const id = (JSON.parse(proposal.envelope) as SignedMessage).hash
  entries.push(proposal)
  const { voting } = settings
  if (!hasModule && random.chance(0.5)) {
    wait(100)
    // Later settings do not touch it, edited or not.
    sendSettings({ ...settings, voting: { quorum: 0.25 } })
    wait(100)
    const edit = { ...text, title: `Election ${seed}, edited`, timestamp: clock(), proposal: id }
    entries.push(signAsAuthor(updateProposalTypedData(edit)))
  }

  const powers = new Map<string, readonly bigint[]>()
  nowMs = Math.max(nowMs, start * 1000)
  const people = Array.from({ length: voters }, () => {
    const isContract = random.chance(0.15)
    const secret = random.bytes(32)
    const address = isContract ? getAddress(`0x${bytesToHex(random.bytes(20))}`) : addressOf(secret)
    const power = Array.from({ length: strategyCount }, () =>
      random.chance(0.2) ? 0n : BigInt(random.below(10 ** 9)) * 10n ** 9n + BigInt(random.below(1000)),
    )
    powers.set(address, power)
    return { secret, address, isContract, power, votes: 1 + (random.chance(0.3) ? 1 + random.below(2) : 0) }
  })
  const casts = random.shuffle(people.flatMap((person) => Array.from({ length: person.votes }, () => person)))
  const left = new Map(people.map(({ address, votes }) => [address, votes]))
  const seconds = Math.floor(3500 / casts.length) || 1
  for (const { secret, address, isContract, power } of casts) {
    wait(seconds)
    const more = (left.get(address) ?? 1) - 1
    left.set(address, more)
    const { ballot } = getVotingSystem(type)
    const choice = randomChoice(random, ballot, choices.length)
    const vote = voteTypedData({
      ...{ from: address, space: 'dao', timestamp: clock(), proposal: id, ballot, choice },
      ...{ reason: random.chance(0.3) ? 'Because “I” say so.\nTwice.' : '', app: 'comitia' },
    })
    const domain = random.chance(0.2) && !hasModule ? { ...vote.domain, chainId: 1 } : vote.domain
    const signHis = signHimself(secret, isContract)
    const key = pickAlias(address, signHis)
    const entry = key ? signEntry(vote, key, nowMs, domain, addressOf(key)) : signHis(vote, domain)
    const isPowerless = power.every((part) => part === 0n)
    const held = (isContract || key) && hasModule ? 'uncountable' : isPowerless ? 'powerless' : 'counted'
    entries.push({
      ...entry,
      ballot: more > 0 ? { status: 'superseded', power: [] } : { status: held, power: power.map(String) },
    })
    // A second later, so that a re-vote is newer.
    nowMs += 1000
  }
  nowMs = Math.max(nowMs, end * 1000 + 1)
  wait(50)
  if (random.chance(0.2)) {
    const cancel = { from: addressOf(admin), space: 'dao', timestamp: clock(), proposal: id }
    entries.push(signEntry(cancelProposalTypedData(cancel), admin, nowMs))
  }
  wait(50)
  if (hasAliases && keys.chance(0.5)) {
    const flag = { from: addressOf(admin), space: 'dao', timestamp: clock(), proposal: id }
    entries.push(signEntry(flagProposalTypedData(flag), admin, nowMs))
  }

  const rule = hasModule ? moduleRule(config, total, 18) : ruleFor({ type, choices, voting })
  const blocks = ['1', '137'].slice(0, strategyCount > 1 ? 2 : 1).map((network, at) => ({
    network,
    number: at === 0 ? 19_000_000 + seed : 50_000_000 + seed,
    hash: `0x${bytesToHex(random.bytes(32))}` as const,
    timestamp: T - 100 - at,
  }))
  return {
    entries,
    facts: {
      ...{ type, choices, symbol: 'VOTE', blocks },
      proposal: { id, space: 'dao' },
      rule: {
        rule,
        text: describeRule(rule, { choices, symbol: 'VOTE' }),
        module: hasModule ? { config: writeModuleConfig(config), total: String(total) } : null,
      },
      strategies: settings.strategies.map(({ name, network = '1', params }) => ({
        id: name,
        version: 1,
        network,
        params,
      })),
    },
    chain: {
      readPowers: async ({ strategy, voters: asked }) => {
        const at = settings.strategies.findIndex(
          ({ params }) => JSON.stringify(params) === JSON.stringify(strategy.params),
        )
        const isKnown = strategy.version === 1 && strategy.id === 'erc20-votes'
        return new Map(
          asked.flatMap((voter) => (isKnown ? [[voter, powers.get(voter)?.[at] ?? 0n] as const] : [])),
        )
      },
      readBlock: async (network, number) => {
        const block = blocks.find((item) => item.network === network)
        if (block?.number === number) return block
        return { hash: '0x', timestamp: number > (block?.number ?? 0) ? T : 0 }
      },
      readTotal: async () => total,
      checkContract: async ({ address, hash, signature, ...where }) => {
        const { method, network, block, blockHash } = where
        const right = contracts.get(address + hash)
        return right === JSON.stringify([{ method, network, block, blockHash }, signature])
      },
    },
  }
}

function randomChoice(random: Random, ballot: BallotKind, options: number): Choice {
  const all = Array.from({ length: options }, (_, at) => at + 1)
  if (ballot === 'single') return 1 + random.below(options)
  if (ballot === 'ranked') return random.shuffle(all)
  if (ballot === 'multiple') return random.shuffle(all).slice(0, random.below(options + 1))
  const weights = Object.fromEntries(all.map((option) => [option, random.below(5) / 2]))
  return { ...weights, [1 + random.below(options)]: 1 + random.below(3) }
}

function randomConfig(random: Random): ModuleConfig {
  const account = () => getAddress(`0x${bytesToHex(random.bytes(20))}`)
  return {
    space: 'dao',
    operator: account(),
    commitGrace: 100,
    challengeWindow: 200,
    omissionWindow: 300,
    powerSource: account(),
    quorumBps: 1 + random.below(5000),
    quorumChoices: 5,
    isTest: random.chance(0.5),
    minPeriod: 10,
    maxBackdate: 20,
    guardian: account(),
    guardianExpiry: 2_000_000_000n,
    cooldown: 3600,
    receiptKey: account(),
    expiry: 86_400,
    maxSnapshotAge: 100n,
    bond: 10n ** 18n,
    revealFee: 1n,
    proposalThreshold: 0n,
    powerParams: `0x${bytesToHex(random.bytes(32))}`,
    proposers: [account()],
  }
}
