import { isDeepStrictEqual } from 'node:util'
import { rebuildVote } from '../../core/messages/rebuild-row'
import { parseVote } from '../../core/messages/vote'
import { type CheckedRow, checkRow, type RemoteSources, type SignedForm } from './check-row'
import type { RemoteMessage, RemoteProposal, RemoteVote } from './hub-rows'

/** A ballot as a hub tells of it, held against what was signed. */
export interface CheckedVoteRow extends CheckedRow {
  readonly row: RemoteVote
  /** As it was signed, where that is known. */
  readonly choice: unknown
  /** What the hub says otherwise than the signed message, in words. */
  readonly differences: readonly string[]
}

const kinds = ['vote', 'vote-array', 'vote-string'] as const

/**
 * Ballots of a hub that may turn out to be none before the search for what was signed is cut short: it takes some hundredths
 * of a second each, and a hub can make up any number.
 */
const PATIENCE = 50
const strangers = new WeakMap<RemoteSources, number>()

/** Checks id and signature of a ballot, and that the hub says of it what its voter signed. */
export async function checkVote(
  sources: RemoteSources,
  proposal: RemoteProposal,
  row: RemoteVote,
  told: RemoteMessage | undefined,
): Promise<CheckedVoteRow> {
  const claim = {
    id: row.id,
    from: row.voter,
    kinds,
    space: proposal.space,
    chainId: Number(proposal.network),
    at: row.created,
    rebuild: () => {
      const unknown = strangers.get(sources) ?? 0
      const found = rebuildVote({ ...row, space: proposal.space, proposal: proposal.id }, unknown > PATIENCE)
      if (!found) strangers.set(sources, unknown + 1)
      return found
    },
    excuse: excuseOf(proposal, row),
  }
  const checked = await checkRow(sources, claim, told)
  const signed = checked.form && readVote(checked.form)
  return {
    ...checked,
    row,
    choice: signed ? signed.choice : row.choice,
    differences: checked.form ? differences(proposal, row, checked.form, signed) : [],
  }
}

/** What a hub keeps of a ballot may be less than its voter signed. */
function excuseOf({ privacy, end }: RemoteProposal, { choice, metadata }: RemoteVote): string | undefined {
  if (privacy === 'shutter' && typeof choice !== 'string' && end > 0) {
    return 'it was signed encrypted, and the hub shows it as decrypted'
  }
  if (typeof choice === 'object' && choice !== null && !Array.isArray(choice)) {
    return 'its choice was signed as text, of which the hub shows the meaning alone'
  }
  if (typeof metadata === 'object' && metadata !== null && Object.keys(metadata).length > 0) {
    return 'its metadata were signed as text, of which the hub shows the meaning alone'
  }
  return undefined
}

function readVote({ kind, message }: SignedForm) {
  try {
    return parseVote(message, kind as (typeof kinds)[number])
  } catch {
    // An encrypted choice is no JSON.
    return undefined
  }
}

function differences(
  proposal: RemoteProposal,
  row: RemoteVote,
  { message }: SignedForm,
  signed: ReturnType<typeof readVote>,
): string[] {
  const problems: string[] = []
  const expect = (isSame: boolean, what: string) => {
    if (!isSame) problems.push(what)
  }
  expect(message.timestamp === row.created, `it was signed at ${message.timestamp}, not ${row.created}`)
  expect(
    String(message.space).toLowerCase() === proposal.space,
    `it was signed for the space ${message.space}`,
  )
  expect(
    String(message.proposal).toLowerCase() === proposal.id,
    `it was signed for the proposal ${message.proposal}`,
  )
  const isSameChoice = signed ? isDeepStrictEqual(signed.choice, row.choice) : message.choice === row.choice
  expect(
    isSameChoice,
    `it chose ${JSON.stringify(signed?.choice ?? message.choice)}, not ${JSON.stringify(row.choice)}`,
  )
  expect((message.reason ?? '') === row.reason, 'its reason is not the one that was signed')
  expect((message.app ?? '') === row.app, 'its app is not the one that was signed')
  return problems
}
