import { AppError } from '../errors'
import { parseCancel } from '../messages/delete-proposal'
import { type ProposalPayload, parseProposal } from '../messages/proposal'
import { parseSettings, type SpaceSettings } from '../messages/settings'
import { parseUpdateProposal, type UpdateProposalPayload } from '../messages/update-proposal'
import { describeRule } from '../proposal/describe-rule'
import type { DecisionRule } from '../proposal/rule'
import { ruleFor } from '../proposal/rule-for'
import { spaceVoting } from '../proposal/space-voting'
import { hashModuleConfig, type ModuleConfig } from '../settlement/module-config'
import type { ModuleRef } from '../settlement/module-plugins'
import { moduleRule } from '../settlement/module-rule'
import { parsePlugins } from '../settlement/plugins'
import { strategyToken } from '../settlement/strategy-token'
import type { HexString } from '../views/hex-string'
import type { LineOf } from './bundle-line'
import type { Findings } from './findings'
import { readModuleConfig } from './module-config-json'
import { expectOwnChain } from './own-chain'
import type { ReadMessage } from './read-message'

/** What ballots are held against: the proposal as it was signed and edited, never as a line of the bundle restates it. */
export interface Poll {
  readonly id: HexString
  readonly space: string
  readonly author: HexString
  /** Unix seconds. Of the proposal's own message. */
  readonly timestamp: number
  readonly start: number
  readonly end: number
  readonly snapshot: number
  /** Chain of the snapshot. */
  readonly network: string
  readonly symbol: string
  readonly strategies: readonly { readonly id: string; readonly network: string; readonly params: unknown }[]
  readonly hasExecution: boolean
  readonly module: ModuleRef | null
  readonly text: Pick<UpdateProposalPayload, 'type' | 'title' | 'choices'>
  readonly rule: DecisionRule
  readonly isWithdrawn: boolean
}

/** The lines that restate what follows from messages. */
export interface Statement {
  readonly proposal: LineOf<'proposal'> | undefined
  readonly rule: LineOf<'rule'> | undefined
  readonly strategies: readonly LineOf<'strategy'>[]
}

/** Far beyond what anybody can weigh; comparing options with each other takes their square in memory. */
const MOST_OPTIONS = 500

/** Follows settings, proposal, edits and withdrawal in log order, and holds the bundle's statements against them. */
export function createProposalAudit(findings: Findings, statement: () => Statement) {
  let poll: Poll | undefined
  let settings: { readonly value: SpaceSettings; readonly timestamp: number } | undefined
  /** Those that the proposal was made under. */
  let founding: SpaceSettings | undefined
  let definedAt = 0
  let edits = 0

  const ruleOf = (text: Pick<ProposalPayload, 'type' | 'choices'>, value: SpaceSettings) =>
    ruleFor({ type: text.type, choices: text.choices, voting: spaceVoting(value) })

  const takeSettings = ({ resolved }: ReadMessage) => {
    const value = parseSettings(resolved.message)
    findings.expect(
      resolved.timestamp >= (settings?.timestamp ?? 0),
      'strategies',
      `Settings ${resolved.id} are older than those they replace.`,
      resolved.id,
    )
    settings = { value, timestamp: resolved.timestamp }
  }

  const takeProposal = ({ line, resolved, acceptedAt }: ReadMessage) => {
    const { id, from, timestamp, message } = resolved
    const payload = parseProposal(message)
    const expectText = (isGood: boolean, detail: string) => findings.expect(isGood, 'proposal', detail, id)
    if (!expectText(!poll, `There are two proposals: ${id} is the second.`)) return
    if (!settings) {
      findings.fail('strategies', 'The settings that were in force do not come before the proposal.', id)
      return
    }
    const { value } = settings
    founding = value
    const { delay, period, type } = value.voting ?? {}
    const { start, end } = payload
    if (!expectText(payload.choices.length <= MOST_OPTIONS, `The proposal has over ${MOST_OPTIONS} options.`))
      return
    expectOwnChain(findings, { line, id, network: value.network })
    expectText(
      end > acceptedAt && end > start,
      'The proposal ends before it starts, or before it was accepted.',
    )
    expectText(!delay || start === timestamp + delay, 'The proposal does not keep the space’s voting delay.')
    expectText(!period || end - start === period, 'The proposal does not keep the space’s voting period.')
    expectText(!type || payload.type === type, 'The proposal is not of the type that the space prescribes.')
    expectText(hasFittingChoices(payload), 'A basic proposal has For, Against and perhaps Abstain.')
    const ref = Object.hasOwn(payload.plugins, 'comitia') ? parsePlugins(String(message.plugins)) : null
    definedAt = timestamp
    poll = {
      id,
      author: from,
      timestamp,
      start,
      end,
      snapshot: payload.snapshot,
      space: resolved.space ?? '',
      network: value.network,
      symbol: value.symbol ?? '',
      strategies: value.strategies.map(({ name, network, params }) => ({
        id: name,
        network: network ?? value.network,
        params: params ?? {},
      })),
      hasExecution: ref !== null,
      module: ref && 'module' in ref ? ref : null,
      text: payload,
      rule: ruleOf(payload, value),
      isWithdrawn: false,
    }
    if (poll.module)
      poll = { ...poll, rule: ruleOfModule(findings, poll, poll.module, statement().rule) ?? poll.rule }
  }

  const takeEdit = ({ line, resolved, acceptedAt }: ReadMessage) => {
    const { id, from, timestamp } = resolved
    const payload = parseUpdateProposal(resolved.message)
    const expectEdit = (isGood: boolean, detail: string) => findings.expect(isGood, 'edits', detail, id)
    if (
      !expectEdit(payload.proposal === poll?.id, `Edit ${id} is of another proposal.`) ||
      !poll ||
      !settings ||
      !founding
    )
      return
    if (!expectEdit(payload.choices.length <= MOST_OPTIONS, `Edit ${id} has over ${MOST_OPTIONS} options.`))
      return
    expectOwnChain(findings, { line, id, network: poll.network })
    expectEdit(from === poll.author, `Edit ${id} is not by the proposal’s author.`)
    expectEdit(acceptedAt < poll.start, `Edit ${id} came when voting had begun.`)
    expectEdit(timestamp >= definedAt, `Edit ${id} is older than the text that it replaces.`)
    expectEdit(!poll.isWithdrawn, `Edit ${id} came when the proposal was withdrawn.`)
    expectEdit(hasFittingChoices(payload), 'A basic proposal has For, Against and perhaps Abstain.')
    expectEdit(
      !poll.hasExecution && !Object.hasOwn(payload.plugins, 'comitia'),
      `Edit ${id} is of a proposal with an execution, which keeps its text.`,
    )
    const { type } = settings.value.voting ?? {}
    expectEdit(!type || payload.type === type, `Edit ${id} is not of the type that the space prescribes.`)
    definedAt = timestamp
    edits += 1
    poll = { ...poll, text: payload, rule: ruleOf(payload, founding) }
  }

  const takeWithdrawal = ({ resolved }: ReadMessage) => {
    const { id, from } = resolved
    const isOfThis = parseCancel(resolved.message).proposal === poll?.id
    if (!findings.expect(isOfThis, 'edits', `Withdrawal ${id} is of another proposal.`, id) || !poll) return
    const { admins = [], moderators = [] } = settings?.value ?? {}
    const isAllowed = from === poll.author || admins.includes(from) || moderators.includes(from)
    findings.expect(isAllowed, 'edits', `Withdrawal ${id} is by ${from}, who may not withdraw it.`, id)
    findings.expect(!poll.isWithdrawn, 'edits', `Withdrawal ${id} is of what was withdrawn before.`, id)
    // A module knows nothing of moderators: what they hide goes on there, until its author withdraws it.
    const goesOn = poll.module !== null && from !== poll.author
    poll = { ...poll, isWithdrawn: poll.isWithdrawn || !goesOn }
  }

  /** It changes what lists show, and nothing of the vote. */
  const takeFlag = ({ resolved: { id, from, message } }: ReadMessage) => {
    const { admins = [], moderators = [] } = settings?.value ?? {}
    const isOfThis = poll !== undefined && message.proposal === poll.id
    findings.expect(isOfThis, 'edits', `Flag ${id} is of another proposal.`, id)
    const isAllowed = admins.includes(from) || moderators.includes(from)
    findings.expect(isAllowed, 'edits', `Flag ${id} is by ${from}, who may not set it.`, id)
  }

  return {
    /** As far as it is known by now; complete before the first ballot. */
    poll: () => poll,

    add(message: ReadMessage): void {
      const { kind, id, space } = message.resolved
      findings.expect(
        space === statement().proposal?.space,
        'proposal',
        `Message ${id} is about the space ${space ?? '(none)'}, not the one of the proposal.`,
        id,
      )
      try {
        if (kind === 'settings') takeSettings(message)
        else if (kind === 'proposal') takeProposal(message)
        else if (kind === 'update-proposal') takeEdit(message)
        else if (kind === 'delete-proposal') takeWithdrawal(message)
        else if (kind === 'flag-proposal') takeFlag(message)
        else findings.fail('forms', `Message ${id} (${kind}) has no place in a bundle.`, id)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        findings.fail('forms', `Message ${id} is no ${kind} that is accepted: ${error.message}.`, id)
      }
    },

    finish(): void {
      const { proposal, rule, strategies } = statement()
      if (!poll) {
        findings.fail('proposal', 'There is no proposal in the bundle.', proposal?.id)
        return
      }
      findings.describe('proposal', `“${poll.text.title}”, by ${poll.author}.`)
      findings.describe(
        'edits',
        edits === 0 ? 'It was never edited.' : `It was edited ${edits} times before voting began.`,
      )
      findings.expect(
        proposal?.id === poll.id,
        'proposal',
        `The bundle is said to be about ${proposal?.id}, and holds the proposal ${poll.id}.`,
        poll.id,
      )
      const stated = strategies.map(({ id, network, params }) => ({ id, network, params }))
      findings.expect(
        isSame(stated, poll.strategies),
        'strategies',
        'The strategies are not those of the settings that were in force when the proposal was made.',
        poll.id,
      )
      const wording = { choices: poll.text.choices, symbol: poll.symbol }
      findings.describe('rule', describeRule(poll.rule, wording))
      findings.expect(
        isSame(rule?.rule, poll.rule) && rule?.text === describeRule(poll.rule, wording),
        'rule',
        `The rule should be: ${describeRule(poll.rule, wording)}`,
        poll.id,
      )
      const isFromModule = rule?.module !== null
      findings.expect(
        isFromModule === (poll.module !== null),
        'rule',
        'Whether a module decides is said otherwise by the proposal.',
        poll.id,
      )
    },
  }
}

/** What a module decides by, from the config that the proposal names by its hash. */
function ruleOfModule(
  findings: Findings,
  poll: Poll,
  ref: ModuleRef,
  line: LineOf<'rule'> | undefined,
): DecisionRule | undefined {
  const token = strategyToken(poll.strategies[0]?.params)
  if (!line?.module || !token) {
    findings.fail('rule', 'The config of the module that decides is missing.', poll.id)
    return undefined
  }
  const config = readModuleConfig(line.module.config)
  findings.expect(
    hashOf(config) === ref.config && config.space === poll.space,
    'rule',
    'The module’s config is not the one that the proposal names.',
    poll.id,
  )
  return moduleRule(config, BigInt(line.module.total), token.decimals)
}

function hashOf(config: ModuleConfig): HexString | undefined {
  try {
    return hashModuleConfig(config)
  } catch {
    // A value that its type cannot hold has no hash.
    return undefined
  }
}

function hasFittingChoices({ type, choices }: Pick<ProposalPayload, 'type' | 'choices'>): boolean {
  return type !== 'basic' || choices.length === 2 || choices.length === 3
}

/** Whether two values are equal, whatever the order of their keys: a database keeps none. */
function isSame(a: unknown, b: unknown): boolean {
  try {
    return sortedJson(a) === sortedJson(b)
  } catch {
    // Nested deeper than the stack reaches.
    return false
  }
}

function sortedJson(value: unknown): string {
  return (
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
    ) ?? ''
  )
}
