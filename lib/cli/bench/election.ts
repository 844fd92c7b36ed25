import { ed25519 } from '@noble/curves/ed25519'
import { hexToBytes, keccak256, toBytes } from 'viem'
import { recoverAddress } from '../../chain/recover-address'
import {
  type MessageTypedData,
  proposalTypedData,
  settingsTypedData,
  voteTypedData,
} from '../../client/typed-data'
import type { BundledMessage, BundleSource } from '../../core/audit/write-bundle'
import { formatVerifierKey, signCheckpoint } from '../../core/log/checkpoint'
import { encodeLeaf, hashLeaf } from '../../core/log/leaf'
import { rootFromTiles } from '../../core/log/proofs-from-tiles'
import { signNote } from '../../core/log/signed-note'
import { findDefinition } from '../../core/messages/definitions'
import { canonicalEnvelope } from '../../core/messages/envelope'
import { hashMessage } from '../../core/messages/hash-message'
import { decideOutcome } from '../../core/proposal/decide-outcome'
import { describeOutcome } from '../../core/proposal/describe-outcome'
import { describeRule } from '../../core/proposal/describe-rule'
import { ruleFor } from '../../core/proposal/rule-for'
import { ballotDelta } from '../../core/tally/ballot-delta'
import { computeResult } from '../../core/tally/compute-result'
import { applyDelta, tallyFromCells } from '../../core/tally/tally'
import type { HexString } from '../../core/views/hex-string'
import { getVotingSystem } from '../../core/voting/registry'
import { signDigest } from './sign-digest'
import { TiledLog } from './tiled-log'

const ORIGIN = 'bench.example/log'
const ONE = 10n ** 18n
/** Unix seconds. */
const START = 1_700_000_000
const PERIOD = 14 * 86_400
const SNAPSHOT = 19_000_000
/** Of so many ballots in a row, the last is by the voter of the first again. */
const REVOTE = 10
/** Ballots between two entries of somebody else's. */
const STRANGER = 3

/**
 * A basic vote of that many ballots, each with a real signature by a key of its own (a tenth of the voters vote twice), in
 * a log where others write too. The same for the same number. Made while `writeBundle` reads it: holds 32 bytes a message.
 */
export async function createElection(ballots: number): Promise<BundleSource> {
  const system = getVotingSystem('basic')
  const choices = ['For', 'Against', 'Abstain']
  const wording = { choices, symbol: 'VOTE' }
  const logSecret = hexToBytes(keccak256(toBytes('comitia bench log')))
  const [admin, operator] = await Promise.all(['admin', 'operator'].map(createKey))
  if (!admin || !operator) throw new Error('two keys were asked for')
  const log = new TiledLog()

  const append = (typedData: MessageTypedData, { address, key }: Key, acceptedAtMs: number) => {
    const { domain, types, message } = typedData
    const definition = findDefinition(types)
    if (!definition) throw new Error('typed data of no definition')
    const id = hashMessage(definition, domain, message)
    const data = { domain, types, message }
    const { text, sha256 } = canonicalEnvelope({ address, sig: sign(id, key), hash: id, data })
    const leaf = encodeLeaf({ kind: definition.kind, id, envelopeSha256: sha256, acceptedAtMs })
    const index = log.size
    log.append(hashLeaf(leaf))
    return { id, entry: { index, acceptedAtMs, envelope: text } }
  }

  const speech = { from: admin.address, space: 'bench', timestamp: START - 100 }
  const strategy = { address: operator.address, symbol: 'VOTE', decimals: 18 }
  const settings = append(
    settingsTypedData({
      ...speech,
      settings: JSON.stringify({
        name: 'Bench',
        network: '1',
        symbol: 'VOTE',
        strategies: [{ name: 'erc20-votes', params: strategy }],
      }),
    }),
    admin,
    (START - 100) * 1000,
  )
  const proposal = append(
    proposalTypedData({
      ...speech,
      type: 'basic',
      title: `${ballots} ballots`,
      body: '',
      choices,
      start: START,
      end: START + PERIOD,
      snapshot: SNAPSHOT,
      plugins: '{}',
    }),
    admin,
    (START - 50) * 1000,
  )

  let tally = tallyFromCells([], 1)
  const castBallot = async (number: number): Promise<BundledMessage> => {
    const isAgain = number % REVOTE === REVOTE - 1
    const isSuperseded = number % REVOTE === 0 && number + REVOTE <= ballots
    const voter = await createKey(isAgain ? number - REVOTE + 1 : number)
    const choice = (number % choices.length) + 1
    const acceptedAtMs = START * 1000 + Math.floor((number * PERIOD * 1000) / ballots)
    const vote = voteTypedData({
      from: voter.address,
      space: 'bench',
      // A second apart, so that a ballot is newer than the one it replaces.
      timestamp: START + Math.floor((number * PERIOD) / ballots),
      proposal: proposal.id,
      ballot: 'single',
      choice,
      reason: number % 5 === 0 ? 'I have read it.' : '',
      app: 'comitia',
    })
    const { entry } = append(vote, voter, acceptedAtMs)
    if (isSuperseded) return { ...entry, ballot: { status: 'superseded', power: [] } }
    const power = ONE * BigInt(1 + (number % 1000))
    tally = applyDelta(tally, ballotDelta(system, choice, [power], choices.length))
    return { ...entry, ballot: { status: 'counted', power: [String(power)] } }
  }

  async function* messages(): AsyncGenerator<BundledMessage> {
    yield settings.entry
    yield proposal.entry
    for (let number = 0; number < ballots; number += 1) {
      if (number % STRANGER === 0) log.append(hashLeaf(toBytes(number)))
      yield castBallot(number)
    }
    // What `writeBundle` asks for behind the last message.
    source.checkpoint = signCheckpoint(
      { origin: ORIGIN, size: log.size, root: await rootFromTiles(log) },
      logSecret,
    )
    source.result = resultOf()
  }

  const rule = ruleFor({ type: 'basic', choices, voting: {} })
  const resultOf = (): BundleSource['result'] => {
    const { scores, scoresByStrategy, total, ballots } = computeResult(system, tally, choices.length)
    const outcome = decideOutcome(rule, { scores, total })
    return {
      scores: scores.map(String),
      scoresByStrategy: scoresByStrategy.map((row) => row.map(String)),
      total: String(total),
      ballots,
      status: outcome.status,
      text: describeOutcome(outcome, wording),
    }
  }

  const source: { -readonly [Key in keyof BundleSource]: BundleSource[Key] } = {
    header: {
      version: 1,
      origin: ORIGIN,
      logKey: formatVerifierKey(ORIGIN, ed25519.getPublicKey(logSecret)),
      receiptKeys: [operator.address],
    },
    proposal: { id: proposal.id, space: 'bench' },
    rule: { rule, text: describeRule(rule, wording), module: null },
    strategies: [{ id: 'erc20-votes', version: 1, network: '1', params: strategy }],
    blocks: [
      {
        network: '1',
        number: SNAPSHOT,
        hash: keccak256(toBytes('comitia bench block')),
        timestamp: START - 200,
      },
    ],
    messages: messages(),
    tree: log,
    sign: (text) => signNote(text, ORIGIN, logSecret),
    checkpoint: '',
    result: resultOf(),
  }
  return source
}

interface Key {
  readonly address: HexString
  readonly key: Uint8Array
}

/** The same key for the same name, on every machine. Its address is found as whoever checks its signatures finds it. */
async function createKey(name: string | number): Promise<Key> {
  const hash = keccak256(toBytes(`comitia bench ${name}`))
  const key = hexToBytes(hash)
  const address = await recoverAddress(hash, sign(hash, key))
  if (!address) throw new Error(`no address of the key ${name}`)
  return { address, key }
}

function sign(digest: HexString, key: Uint8Array): HexString {
  const { rs, parity } = signDigest(hexToBytes(digest), key)
  return `0x${Buffer.from(rs).toString('hex')}${(27 + parity).toString(16)}`
}
