import { parseArgs } from 'node:util'
import { ed25519 } from '@noble/curves/ed25519'
import { type Address, formatEther, hexToBytes } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { fetchBlock } from '../chain/blocks'
import { nameChain } from '../chain/name-chain'
import { readChain } from '../chain/read-chain'
import { recoveryEngine } from '../chain/recover-address'
import { formatVerifierKey } from '../core/log/checkpoint'
import { findMigrations } from '../db/installation/find-migrations'
import { findKeeper } from '../db/keeper/find-keeper'
import { findLogState } from '../db/log/find-log-state'
import { listOperatorKeys } from '../db/log/list-operator-keys'
import { translateError } from '../db/translate-error'
import { findWorkerBeat } from '../db/worker/find-worker-beat'
import { readEnv } from '../platform/env'
import { withRunFile } from '../platform/run-file'
import type { Context } from '../services/context'
import { createContext } from '../services/create-context'
import { logOrigin } from '../services/log/log-origin'
import { listWitnesses } from '../services/witness/list-witnesses'
import { readCommandLine } from './read-command-line'

/** A finding: what was looked at, and what was found or is wrong. */
interface Check {
  readonly subject: string
  /** Without it the rest of its chapter cannot be looked at. */
  readonly isGround?: true
  /** Answers what is well; throws what is not. */
  look(): Promise<string>
}

const usage = `usage: comitia doctor    checks environment, database, chains and keys; changes nothing

Exit code 0: all is well. 1: something is wrong. 2: the command line is.`

/** `comitia doctor`: looks at everything an installation needs, changes nothing, exits 1 when something is wrong. */
export async function doctor(args: readonly string[]): Promise<void> {
  if (!readCommandLine('doctor', args, { read: (given) => parseArgs({ args: given }), usage })) return
  const env = readEnv('serve', withRunFile(process.env))
  console.log(
    `well   environment  ${env.production ? 'production' : env.demo ? 'demo' : 'development'}, ${env.publicUrl}`,
  )
  const ctx = createContext({ ...env, logLevel: 'silent' }, 'serve')
  const chapters = [
    databaseChecks(ctx),
    chainChecks(ctx),
    keyChecks(ctx),
    witnessChecks(ctx),
    keeperChecks(ctx),
  ]
  for (const chapter of chapters) {
    for (const { subject, look, isGround } of chapter) {
      try {
        console.log(`well   ${subject.padEnd(12)} ${await look()}`)
      } catch (thrown) {
        const error = translateError(thrown)
        console.log(`wrong  ${subject.padEnd(12)} ${error instanceof Error ? error.message : error}`)
        process.exitCode = 1
        if (isGround) break
      }
    }
  }
  await ctx.close()
}

function databaseChecks({ db }: Context): Check[] {
  return [
    {
      subject: 'database',
      isGround: true,
      async look() {
        const { server, applied } = await findMigrations(db)
        if (applied === 0) throw new Error('no migration is applied; comitia serve applies them at its start')
        return `PostgreSQL ${server}, migrations applied: ${applied}`
      },
    },
    {
      subject: 'log',
      look: async () => `${(await findLogState(db))?.size ?? 0} messages`,
    },
    {
      subject: 'keys',
      async look() {
        const { receipt, log } = await listOperatorKeys(db)
        return `published: ${receipt.length} for receipts, ${log.length} for the log`
      },
    },
    {
      subject: 'worker',
      async look() {
        const beat = await findWorkerBeat(db)
        if (!beat)
          throw new Error('no worker runs: nothing is closed, counted or executed; start comitia worker')
        const seconds = Math.round(beat.agoMs / 1000)
        if (seconds > 10) throw new Error(`the last worker was heard of ${seconds} seconds ago`)
        return 'alive'
      },
    },
  ]
}

function chainChecks({ chains }: Context): Check[] {
  if (chains.ids.length === 0) {
    return [{ subject: 'chains', look: () => Promise.reject(new Error('no RPC_URL_<chainId> is set')) }]
  }
  return chains.ids.flatMap((chainId): Check[] => [
    {
      subject: nameChain(chainId).name,
      async look() {
        const block = await fetchBlock(chains, chainId, 'latest')
        const age = Math.round(Date.now() / 1000) - block.timestamp
        return `chain ${chainId}, block ${block.number}, ${age} seconds old`
      },
    },
    {
      subject: ' archive',
      async look() {
        const read = (client: { getBalance(args: object): Promise<bigint> }) =>
          client.getBalance({ address: '0x0000000000000000000000000000000000000000', blockNumber: 1n })
        await readChain(chains, chainId, read).catch((cause: unknown) => {
          throw new Error('it does not answer for old blocks: power of older proposals cannot be read', {
            cause,
          })
        })
        return 'answers for old blocks'
      },
    },
  ])
}

function keyChecks(ctx: Context): Check[] {
  return [
    {
      subject: 'receipt key',
      look: async () => `signs as ${privateKeyToAddress(ctx.keys.receiptKey)}`,
    },
    {
      subject: 'log key',
      look: async () =>
        formatVerifierKey(logOrigin(ctx.env.publicUrl), ed25519.getPublicKey(hexToBytes(ctx.keys.logKey))),
    },
    {
      subject: 'recovery',
      look: async () =>
        (await recoveryEngine()) === 'native' ? 'native secp256k1' : 'WASM, slower than native',
    },
  ]
}

/** What those who follow the log say of it, as the worker heard it last. */
function witnessChecks(ctx: Context): Check[] {
  if (ctx.env.witnesses.length === 0) {
    return [{ subject: 'witnesses', look: async () => 'none: nobody else keeps an eye on the log' }]
  }
  return ctx.env.witnesses.map(({ key, name }) => ({
    subject: 'witness',
    async look() {
      const { witnesses } = await listWitnesses(ctx)
      const { size, trouble } = witnesses.find((witness) => witness.key === key) ?? {}
      if (trouble) throw new Error(`${name}: ${trouble.reason}`)
      if (size == null) throw new Error(`${name} has co-signed nothing yet; comitia worker asks it`)
      return `${name} has co-signed the first ${size} messages`
    },
  }))
}

/** The worker says who its keeper is: this process does not read its key. */
function keeperChecks({ db, chains }: Context): Check[] {
  const find = async () => {
    const keeper = await findKeeper(db)
    if (!keeper) throw new Error('none yet; the worker names it when it starts')
    return { ...keeper, address: keeper.address as Address }
  }
  return [
    {
      subject: 'keeper',
      isGround: true,
      async look() {
        const { address, spaces } = await find()
        if (spaces.length === 0) return `${address} pays for no space: see COMITIA_KEEPER_SPACES`
        return `${address} pays for ${spaces === 'all' ? 'every space' : spaces.join(', ')}`
      },
    },
    ...chains.ids.map((chainId): Check => {
      const { name, symbol } = nameChain(chainId)
      return {
        subject: ` ${name}`,
        async look() {
          const { address } = await find()
          const balance = await readChain(chains, chainId, (client) =>
            client.getBalance({ address, blockTag: 'latest' }),
          )
          // Not wrong: it needs coins only where a module settles votes.
          return `${address} has ${formatEther(balance)} ${symbol}${balance === 0n ? ': it can send nothing there' : ''}`
        },
      }
    }),
  ]
}
