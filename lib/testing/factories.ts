import type { PrivateKeyAccount } from 'viem'
import {
  cancelProposalTypedData,
  type MessageTypedData,
  proposalTypedData,
  settingsTypedData,
  toEnvelope,
  updateProposalTypedData,
  voteTypedData,
} from '../client/typed-data'
import { type Definition, latestDefinition, type MessageKind } from '../core/messages/definitions'
import type { FieldValue } from '../core/messages/normalise-value'
import { SNAPSHOT_DOMAIN } from '../core/messages/resolve-message'
import type { SpaceSettings } from '../core/messages/settings'

/** What is posted to the server: a message that `account` signed. */
export async function signMessage(account: PrivateKeyAccount, typedData: MessageTypedData) {
  const { domain, types, primaryType, message } = typedData
  const sig = await account.signTypedData({
    domain,
    types: types as Record<string, { name: string; type: string }[]>,
    primaryType,
    message,
  })
  return toEnvelope(account.address, sig, typedData)
}

/** Any kind of message in the space `test`, under any of its definitions: a time that it does not sign is carried beside. */
export async function signKind(
  account: PrivateKeyAccount,
  kind: MessageKind,
  values: Readonly<Record<string, FieldValue>> & { readonly timestamp: number },
  { types, primaryType, fields }: Definition = latestDefinition(kind),
): Promise<SignedEnvelope> {
  const all: Readonly<Record<string, FieldValue>> = { from: account.address, space: 'test', ...values }
  const message = Object.fromEntries(fields.map(({ name }) => [name, all[name] as FieldValue]))
  const envelope = await signMessage(account, { domain: SNAPSHOT_DOMAIN, types, primaryType, message })
  const { data } = envelope
  return { ...envelope, data: { ...data, message: { ...message, timestamp: values.timestamp } } }
}

export type SignedEnvelope = Awaited<ReturnType<typeof signMessage>>

type Message<Build extends (message: never) => MessageTypedData> = Partial<Parameters<Build>[0]> & {
  readonly timestamp: number
}

/** A space on the test chain where everybody has one vote, unless `settings` say otherwise. */
export function signSettings(
  account: PrivateKeyAccount,
  {
    settings,
    ...message
  }: Omit<Message<typeof settingsTypedData>, 'settings'> & {
    readonly settings?: Partial<SpaceSettings>
  },
): Promise<SignedEnvelope> {
  const complete: SpaceSettings = {
    name: 'Test space',
    network: '31337',
    symbol: 'VOTE',
    strategies: [{ name: 'ticket', params: {} }],
    ...settings,
  }
  return signMessage(
    account,
    settingsTypedData({
      from: account.address,
      space: 'test',
      settings: JSON.stringify(complete),
      ...message,
    }),
  )
}

/** A basic proposal that starts with its timestamp and lasts an hour, unless told. */
export function signProposal(
  account: PrivateKeyAccount,
  message: Message<typeof proposalTypedData>,
): Promise<SignedEnvelope> {
  return signMessage(
    account,
    proposalTypedData({
      from: account.address,
      space: 'test',
      type: 'basic',
      title: 'Shall we?',
      body: 'We shall.',
      choices: ['For', 'Against', 'Abstain'],
      start: message.timestamp,
      end: message.timestamp + 3600,
      snapshot: 1,
      plugins: '{}',
      ...message,
    }),
  )
}

export function signUpdate(
  account: PrivateKeyAccount,
  message: Message<typeof updateProposalTypedData> & { readonly proposal: string },
): Promise<SignedEnvelope> {
  return signMessage(
    account,
    updateProposalTypedData({
      from: account.address,
      space: 'test',
      type: 'basic',
      title: 'Shall we, after all?',
      body: 'We may.',
      choices: ['For', 'Against', 'Abstain'],
      plugins: '{}',
      ...message,
    }),
  )
}

export function signCancel(
  account: PrivateKeyAccount,
  message: Message<typeof cancelProposalTypedData> & { readonly proposal: string },
): Promise<SignedEnvelope> {
  return signMessage(account, cancelProposalTypedData({ from: account.address, space: 'test', ...message }))
}

/** A vote for option 1 of a single-choice or basic proposal, unless told. */
export function signVote(
  account: PrivateKeyAccount,
  message: Message<typeof voteTypedData> & { readonly proposal: string },
): Promise<SignedEnvelope> {
  return signMessage(
    account,
    voteTypedData({ from: account.address, space: 'test', ballot: 'single', choice: 1, ...message }),
  )
}
