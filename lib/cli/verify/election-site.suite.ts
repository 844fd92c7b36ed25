import { voteTypedData } from '../../client/typed-data'
import {
  addressOf,
  checkpointOf,
  leafOf,
  logKey,
  publish,
  type Records,
  randomElection,
  receiptKey,
  signEntry,
} from '../../core/audit/random-election.suite'
import { type BundleSource, writeBundle } from '../../core/audit/write-bundle'
import { encodeLeaf } from '../../core/log/leaf'
import { parseCanonicalEnvelope } from '../../core/messages/parse-canonical-envelope'
import type { Shown } from './log-site.suite'

/** A message of somebody's, as it lies in the log. */
type Message = Exclude<Records['entries'][number], Uint8Array>

/** Ballots of another proposal, each by a key of its own. */
function strangerVote(number: number, acceptedAtMs: number): Message {
  const voter = new Uint8Array(32).fill(100 + number)
  const vote = voteTypedData({
    ...{ from: addressOf(voter), space: 'other', timestamp: Math.floor(acceptedAtMs / 1000) },
    ...{ proposal: `0x${'77'.repeat(32)}`, ballot: 'single', choice: 1 },
  })
  return signEntry(vote, voter, acceptedAtMs)
}

/** A closed election, and a log in which ballots of another proposal stand between its messages. */
export function electionInLog() {
  const records = randomElection(31, { type: 'single-choice', voters: 9, strategies: 1, strangers: 0 })
  const own = records.entries as readonly Message[]
  const log = own.flatMap((message, at) => {
    const isStranger = at % 3 === 2
    return isStranger ? [message, strangerVote(at, message.acceptedAtMs)] : [message]
  })

  /** As the operator holds it: messages of the election, leaf hashes of the rest. */
  const recordsOf = (messages: readonly Message[]): Records => ({
    ...records,
    entries: messages.map((message) => (own.includes(message) ? message : leafOf(message))),
  })

  return {
    proposal: records.facts.proposal,
    chain: records.chain,
    log,
    /** Counted ballots by keys. */
    ballots: own.filter(({ ballot, contract }) => ballot?.status === 'counted' && !contract),
    bundleOf: (messages: readonly Message[]) => publish(recordsOf(messages)),
  }
}

/** What a server shows of a log of these messages. */
export function shownLog(messages: readonly Message[]): Shown {
  const parsed = messages.map(({ envelope, acceptedAtMs }) => {
    const { resolved, sha256, cid } = parseCanonicalEnvelope(envelope)
    const { kind, id } = resolved
    return { cid, envelope, entry: encodeLeaf({ kind, id, envelopeSha256: sha256, acceptedAtMs }) }
  })
  return {
    entries: parsed.map(({ entry }) => entry),
    note: checkpointOf(messages.map(leafOf)),
    envelopes: new Map(parsed.map(({ cid, envelope }) => [cid, envelope])),
    keys: { log: logKey, receipts: [receiptKey] },
  }
}

/** A bundle's bytes. */
export async function bytesOf(source: BundleSource): Promise<string> {
  let text = ''
  for await (const line of writeBundle(source)) text += line
  return text
}
