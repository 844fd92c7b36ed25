import { isDeepStrictEqual } from 'node:util'
import { type AuditCheck, Findings } from '../../core/audit/findings'
import type { SignedMessage } from '../../core/messages/envelope'
import { type ProposalPayload, parseProposal } from '../../core/messages/proposal'
import { parseSettings, type SpaceSettings } from '../../core/messages/settings'
import { parseUpdateProposal } from '../../core/messages/update-proposal'
import { parseVote } from '../../core/messages/vote'
import { storedRef } from '../../core/settlement/plugins'
import { getVotingSystem } from '../../core/voting/registry'
import type { VotingSystem } from '../../core/voting/voting-system'
import type { BundleMessageRow, BundleVoteRow } from '../../db/bundle/list-bundle-messages'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import { hashFrozen } from '../power/frozen-hash'

const titles = { records: 'Pages show what was signed' } as const

type Facts = Readonly<Record<string, unknown>>

/**
 * Holds the rows that pages are made from against the messages that they were made from. A bundle cannot show this, since
 * it is made of what was signed: a row that says otherwise is a lie on the pages alone.
 */
export function compareRecords(proposal: ProposalRow) {
  const findings = new Findings(titles)
  let settings: SpaceSettings | undefined
  let signed: Facts | undefined
  let choices: ReturnType<VotingSystem['choiceSchema']> | undefined
  let ballots = 0

  const compare = (what: string, shown: Facts, right: Facts, id: string) => {
    for (const [key, value] of Object.entries(right)) {
      const isSame =
        shown[key] === value || isDeepStrictEqual(shown[key], JSON.parse(JSON.stringify(value ?? null)))
      if (isSame) continue
      const [said, meant] = [shown[key], value].map((item) => String(JSON.stringify(item)).slice(0, 200))
      findings.fail('records', `The ${key} of ${what} ${id} is shown as ${said}; it is ${meant}.`, id)
    }
  }

  const add = ({ id, kind, logIndex, acceptedAtMs, envelope, vote }: BundleMessageRow): void => {
    const { message } = (JSON.parse(envelope) as SignedMessage).data
    if (kind === 'settings') {
      if (BigInt(logIndex) < proposal.logIndex) settings = parseSettings(message)
    } else if (kind === 'proposal') {
      const payload = parseProposal(message)
      const { app, start, end, snapshot } = payload
      const { symbol = '', network } = settings ?? {}
      signed = { author: message.from, app, start, end, snapshot, symbol, network, ...textOf(payload, id) }
    } else if (kind === 'update-proposal') {
      signed = { ...signed, ...textOf(parseUpdateProposal(message), id) }
    } else if (kind === 'vote' || kind === 'vote-array' || kind === 'vote-string') {
      ballots += 1
      const { choice, reason, app } = parseVote(message, kind)
      choices ??= getVotingSystem(proposal.type).choiceSchema(proposal.choices.length)
      const { from: voter, timestamp } = message
      const right = { voter, timestamp, choice: choices.parse(choice), reason, app, acceptedAtMs }
      compare('ballot', { ...vote }, { ...right, ...(vote?.current && { power: sumOf(vote) }) }, id)
    }
  }

  return {
    add(row: BundleMessageRow): void {
      try {
        add(row)
      } catch {
        findings.fail('records', `Message ${row.id} and what is shown of it do not fit together.`, row.id)
      }
    },

    /** `votes`: how many ballots are kept beside the log. */
    finish(votes: number): AuditCheck<keyof typeof titles>[] {
      const { id, network, result, voteCount } = proposal
      const blocks = (result?.blocks ?? []) as readonly Facts[]
      const read = blocks.find((block) => block.network === network)
      const { start, end, snapshot, snapshotTime } = proposal
      compare(
        'proposal',
        {
          ...proposal,
          start: Number(start),
          end: Number(end),
          ballots: votes,
          votes: voteCount,
          snapshot: Number(snapshot),
          snapshotTime: Number(snapshotTime),
        },
        {
          ...signed,
          ballots,
          votes: result?.votes,
          snapshotHash: read?.hash,
          snapshotTime: read?.timestamp,
        },
        id,
      )
      if (proposal.frozenHash !== null && hashFrozen(proposal) !== proposal.frozenHash) {
        const copied = 'strategies, snapshot, quorum and conditions on voters'
        findings.fail('records', `What proposal ${id} took from its space was changed since: ${copied}.`, id)
      }
      findings.describe('records', `The proposal and ${ballots} ballots are shown as they were signed.`)
      return findings.checks()
    },
  }
}

function textOf(
  {
    title,
    body,
    discussion,
    type,
    choices,
    labels,
    plugins,
  }: Omit<ProposalPayload, 'start' | 'end' | 'snapshot' | 'app'>,
  definedBy: string,
): Facts {
  const executionHash = storedRef(plugins)?.executionHash ?? null
  return { title, body, discussion, type, choices, labels, plugins, executionHash, definedBy }
}

function sumOf({ powerByStrategy }: BundleVoteRow): string {
  return powerByStrategy.reduce((sum, part) => sum + BigInt(part), 0n).toString()
}
