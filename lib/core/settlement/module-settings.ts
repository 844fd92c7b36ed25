import type { Address } from 'abitype'
import { encodeAbiParameters, getAddress, isAddress, parseUnits } from 'viem/utils'
import { z } from 'zod'
import { AppError } from '../errors'
import type { ModuleConfig } from './module-config'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Durations in seconds. `blockTime` turns the age of a snapshot into blocks. */
const presets = {
  /** Ethereum. */
  l1: {
    commitGrace: HOUR,
    maxBackdate: HOUR,
    minPeriod: DAY,
    cooldown: DAY,
    expiry: 14 * DAY,
    snapshotAge: DAY,
    blockTime: 12,
    isTest: false,
  },
  /** Rollups: whatever waits for the operator outlasts an outage of the sequencer. */
  l2: {
    commitGrace: 6 * HOUR,
    maxBackdate: 6 * HOUR,
    minPeriod: DAY,
    cooldown: DAY,
    expiry: 14 * DAY,
    snapshotAge: DAY,
    blockTime: 2,
    isTest: false,
  },
  /** Play money: minutes, and no limits. */
  test: {
    commitGrace: 30 * MINUTE,
    maxBackdate: HOUR,
    minPeriod: MINUTE,
    cooldown: 10,
    expiry: DAY,
    snapshotAge: DAY,
    blockTime: 2,
    isTest: true,
  },
} as const

const units: Readonly<Record<string, number>> = { s: 1, m: MINUTE, h: HOUR, d: DAY }
const choices = { For: 1, Against: 2, Abstain: 4 } as const

const address = z
  .string('must be an address')
  .refine((text) => isAddress(text) && getAddress(text) === text, {
    message: 'must be an address with its checksum',
    abort: true,
  })
  .refine((text) => BigInt(text) !== 0n, 'must not be the zero address')
  .transform((text) => getAddress(text))
const notDuration = 'must be seconds, or a number with a unit such as "90s", "30m", "24h" or "3d"'
const duration = z
  .union(
    [z.int(notDuration).nonnegative(notDuration), z.string().regex(/^\d{1,9}[smhd]$/, notDuration)],
    notDuration,
  )
  .transform((value) =>
    typeof value === 'number' ? value : Number(value.slice(0, -1)) * (units[value.slice(-1)] ?? 0),
  )
  .refine((seconds) => seconds < 2 ** 32, 'must be less than 136 years')

const schema = z
  .strictObject(
    {
      preset: z.enum(['l1', 'l2', 'test'], 'must be "l1", "l2" or "test"'),
      space: z.string('must be the id of a space').min(1, 'must be the id of a space'),
      operator: address,
      receiptKey: address,
      powerSource: z.strictObject(
        { votes: address },
        { error: 'must be {"votes": "0x…"}, the address of a token with votes' },
      ),
      quorumBps: z
        .int('must be a whole number of hundredths of a percent')
        .min(1, 'must be from 1 to 10000')
        .max(10_000, 'must be from 1 to 10000'),
      quorumChoices: z
        .array(z.enum(['For', 'Against', 'Abstain'], 'must be For, Against or Abstain'))
        .min(1, 'must name a choice')
        .refine((list) => new Set(list).size === list.length, 'names a choice twice')
        .default(['For', 'Abstain']),
      proposalThreshold: z
        .string('must be whole tokens in decimal digits, as a string')
        .regex(/^\d{1,38}(\.\d{1,18})?$/, 'must be whole tokens in decimal digits, as a string')
        .default('0'),
      proposers: z.array(address, 'must be a list of addresses').default([]),
      guardian: z
        .strictObject(
          {
            address,
            until: z.iso
              .date('must be a date such as "2030-12-31"')
              .transform((date) => BigInt(Date.parse(date) / 1000)),
          },
          { error: 'must be {"address": "0x…", "until": "2030-12-31"}' },
        )
        .optional(),
      minPeriod: duration.optional(),
      maxBackdate: duration.optional(),
      maxSnapshotAge: z
        .int('must be a whole number of units of the token’s clock: blocks, or seconds')
        .min(1, 'must be at least 1')
        .optional(),
      commitGrace: duration.optional(),
      cooldown: duration.optional(),
      expiry: duration.optional(),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys' ? `knows no ${issue.keys.join(', ')}` : 'must hold an object',
    },
  )
  .refine(({ proposalThreshold, proposers }) => Number(proposalThreshold) > 0 || proposers.length > 0, {
    path: ['proposalThreshold'],
    message: 'is 0 and proposers is empty: nobody could propose',
  })

/** What a DAO writes down about its module, checked; see the README for the fields. */
export type ModuleSettings = z.output<typeof schema>

/**
 * Reads the JSON of a settings file. Throws `misconfigured` with every problem on a line of its own, each beginning with
 * `file` and the field.
 */
export function parseModuleSettings(text: string, file: string): ModuleSettings {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new AppError('misconfigured', { message: `${file} is not JSON`, cause })
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(({ path, message }) => {
    const missing = path.length === 1 && !Object.hasOwn(json as object, String(path[0]))
    return [`${file}:`, path.join('.'), missing ? 'is missing' : message].filter(Boolean).join(' ')
  })
  throw new AppError('misconfigured', { message: lines.join('\n') })
}

/** The config that these settings mean, for the token that they name. This lane has no bond, fees or windows. */
export function buildModuleConfig(
  settings: ModuleSettings,
  token: { readonly decimals: number; readonly clock: 'block-number' | 'timestamp' },
  powerSource: Address,
): ModuleConfig {
  const preset = presets[settings.preset]
  const { snapshotAge, blockTime } = preset
  const age = token.clock === 'timestamp' ? snapshotAge : snapshotAge / blockTime
  const mask = settings.quorumChoices.reduce((sum, choice) => sum + choices[choice], 0)
  return {
    space: settings.space,
    operator: settings.operator,
    commitGrace: settings.commitGrace ?? preset.commitGrace,
    challengeWindow: 0,
    omissionWindow: 0,
    powerSource,
    quorumBps: settings.quorumBps,
    quorumChoices: mask,
    isTest: preset.isTest,
    minPeriod: settings.minPeriod ?? preset.minPeriod,
    maxBackdate: settings.maxBackdate ?? preset.maxBackdate,
    guardian: settings.guardian?.address ?? '0x0000000000000000000000000000000000000000',
    guardianExpiry: settings.guardian?.until ?? 0n,
    cooldown: settings.cooldown ?? preset.cooldown,
    receiptKey: settings.receiptKey,
    expiry: settings.expiry ?? preset.expiry,
    maxSnapshotAge: BigInt(settings.maxSnapshotAge ?? age),
    bond: 0n,
    revealFee: 0n,
    proposalThreshold: parseUnits(settings.proposalThreshold, token.decimals),
    powerParams: encodeAbiParameters([{ type: 'address' }], [settings.powerSource.votes]),
    proposers: settings.proposers,
  }
}
