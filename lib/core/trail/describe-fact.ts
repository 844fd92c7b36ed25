import { formatUnits } from '../proposal/format-units'
import type { BallotFact, Changes, FieldChange, TrailFact } from '../views/trail-view'
import { findVotingSystem } from '../voting/registry'

/**
 * What happened, in one sentence or two on one line, whose subject is the entry's author: `Changed the vote from For to
 * Against, with 120 VOTE.` What people wrote is clipped, and cannot turn the text around it.
 */
export function describeFact(what: TrailFact): string {
  switch (what.kind) {
    case 'ballot':
      return describeBallot(what)
    case 'proposal': {
      const system = findVotingSystem(what.type)?.label.toLowerCase() ?? what.type
      return `Proposed: ${system}, ${count(what.options, 'option')}${what.hasExecution ? ', with transactions' : ''}.`
    }
    case 'edit':
      return `Edited the proposal: ${describeChanges(what)}.`
    case 'withdrawal':
      return what.as === 'author'
        ? 'Withdrew the proposal, as its author.'
        : `Hid the proposal, as ${what.as === 'admin' ? 'an admin' : 'a moderator'}.`
    case 'flag':
      return `Flagged the proposal, as ${what.as === 'admin' ? 'an admin' : 'a moderator'}.`
    case 'deletion':
      return 'Deleted the space, as its controller.'
    case 'settings':
      return what.isFirst
        ? 'Created the space.'
        : `Changed the settings, as ${what.as === 'admin' ? 'an admin' : 'the controller'}: ${describeChanges(what)}.`
    case 'result':
      return `Result published. ${oneLine(what.text)} ${count(what.ballots, 'ballot')}, from a log of ${count(what.logSize, 'message')}.`
    case 'settlement':
      return `${what.step} on chain ${what.chainId}.${what.reason === null ? '' : ` Reason: ${quote(what.reason)}.`}`
    case 'confirmation':
      return 'Confirmed the Safe’s transaction, as an owner.'
  }
}

function describeBallot(ballot: BallotFact): string {
  const choice = (text: string) => (text === '' ? 'none of the options' : bare(text))
  const { formerChoiceText: former, choiceText } = ballot
  const vote =
    former === null
      ? `Voted ${choice(choiceText)}`
      : former === choiceText
        ? `Voted ${choice(choiceText)} again`
        : `Changed the vote from ${choice(former)} to ${choice(choiceText)}`
  const weight = weightOf(ballot)
  const fate = ballot.supersededBy === null ? '' : ` Superseded by #${ballot.supersededBy}.`
  return `${vote}${weight && `, ${weight}`}.${fate}`
}

function weightOf({ power, state, symbol }: BallotFact): string {
  if (state === 'pending') return 'power still to be read'
  if (state === 'powerless') return 'without power'
  if (state === 'uncountable') return 'not counted: the voter’s own key did not sign it'
  // A ballot that was replaced before its power was read never gets one.
  if (power === null) return ''
  return `with ${formatUnits(BigInt(power), { fraction: 'exact' })} ${symbol || 'votes'}`
}

function describeChanges({ changes, more }: Changes): string {
  if (changes.length === 0) return 'nothing that counts is different'
  const words = changes.map(describeChange)
  return [...words, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
}

/** A change in words: `quorum from 10 to 20`, `admins: added 0x…`. */
export function describeChange(change: FieldChange): string {
  const field = fieldName(change.field)
  if ('from' in change) {
    const [from, to] = [change.from, change.to].map((text) => text && inWords(change.field, text))
    if (!from) return `${field} set to ${to || 'nothing'}`
    return to ? `${field} from ${from} to ${to}` : `${field} removed (was ${from})`
  }
  if (!('added' in change)) return `${field} changed`
  const parts = [
    ...(change.added.length > 0 ? [`added ${change.added.map(quote).join(', ')}`] : []),
    ...(change.removed.length > 0 ? [`removed ${change.removed.map(quote).join(', ')}`] : []),
  ]
  return `${field}: ${parts.join(', ') || 'in another order'}`
}

const fieldNames: Readonly<Record<string, string>> = {
  'voting.quorum': 'quorum',
  'voting.quorumType': 'kind of quorum',
  'voting.delay': 'delay before a vote',
  'voting.period': 'length of a vote',
  'voting.type': 'voting system',
  'voting.hideAbstain': 'leaving Abstain out of the quorum',
  'filters.onlyMembers': 'members only may propose',
  'filters.minScore': 'votes needed to propose',
  'validation.name': 'check of proposers',
  'validation.params.minScore': 'votes needed to propose',
  'plugins.comitia.controller': 'controller',
  strategies: 'sources of votes',
  network: 'chain',
  body: 'text',
  discussion: 'link to the discussion',
  choices: 'options',
  type: 'voting system',
}

function fieldName(field: string): string {
  return Object.hasOwn(fieldNames, field) ? (fieldNames[field] ?? field) : bare(field)
}

function inWords(field: string, text: string): string {
  if ((field === 'voting.delay' || field === 'voting.period') && /^\d+$/.test(text)) {
    return `${Number(text).toLocaleString('en')} seconds`
  }
  return quote(text)
}

/** As somebody wrote it, unless it is a number or a name for machines, which needs no marks. */
function quote(text: string): string {
  const words = bare(text)
  return /^[\w.:-]*$/.test(words) ? words || 'nothing' : `“${words}”`
}

const MAX_LETTERS = 160

function bare(text: string): string {
  const letters = [...oneLine(text)]
  return letters.length > MAX_LETTERS ? `${letters.slice(0, MAX_LETTERS).join('')}…` : letters.join('')
}

/** Without what is not seen or turns the direction of the rest. */
function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu, '')
    .trim()
}

function count(number: number, thing: string): string {
  return `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`
}
