import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { ed25519 } from '@noble/curves/ed25519'
import { hexToBytes } from 'viem'
import { AppError } from '../../core/errors'
import { encodeVerifierKey } from '../../core/log/verifier-key'
import { openWitnessMemory, type WitnessMemory } from './witness-memory'
import { writeDurably } from './write-durably'

/** Who a witness signs as. */
export interface WitnessKey {
  readonly name: string
  /** Ed25519 seed. */
  readonly privateKey: Uint8Array
}

/** A witness's identity, and what it has co-signed so far. The two belong together. */
export interface OpenWitness {
  readonly key: WitnessKey
  /** As C2SP writes it. */
  readonly verifierKey: string
  readonly memory: WitnessMemory
}

/**
 * Opens a witness, or makes one: a key in `keyFile` (its name and 0x + 64 hex digits, mode 0600), nothing co-signed in
 * `stateDir`. `name` is what a new one is called; an old one keeps its name.
 *
 * @throws AppError `misconfigured`, also for a key without what it has co-signed: it could be made to contradict itself
 */
export function openWitness(options: {
  readonly keyFile: string
  readonly stateDir: string
  readonly name: string
}): OpenWitness {
  const { keyFile, stateDir, name } = options
  const ownerFile = path.join(stateDir, 'witness')
  const owner = fs.existsSync(ownerFile) ? fs.readFileSync(ownerFile, 'utf8').trim() : undefined
  if (fs.existsSync(keyFile)) {
    const key = readKey(keyFile)
    const verifierKey = verifierKeyOf(key)
    if (owner !== verifierKey) {
      throw misconfigured(
        `${stateDir} is not what the witness of ${keyFile} has co-signed. Without it the witness could be made to ` +
          'contradict itself: find it, or begin as a new witness with another key file and another directory.',
      )
    }
    return { key, verifierKey, memory: openWitnessMemory(stateDir) }
  }
  if (owner !== undefined)
    throw misconfigured(`${stateDir} belongs to ${owner}, whose key is not in ${keyFile}`)
  if (!/^[^\s+]+$/.test(name)) throw misconfigured('the name must be one word without +')
  const key = { name, privateKey: new Uint8Array(randomBytes(32)) }
  const verifierKey = verifierKeyOf(key)
  for (const dir of [path.dirname(keyFile), stateDir]) fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
  writeDurably(keyFile, `${name} 0x${Buffer.from(key.privateKey).toString('hex')}\n`)
  writeDurably(ownerFile, `${verifierKey}\n`)
  return { key, verifierKey, memory: openWitnessMemory(stateDir) }
}

function readKey(file: string): WitnessKey {
  const [, name, hex] = /^([^\s+]+) (0x[0-9a-f]{64})\n$/.exec(fs.readFileSync(file, 'utf8')) ?? []
  if (!name || !hex) throw misconfigured(`${file} must hold a name and 0x and 64 hex digits`)
  if (fs.statSync(file).mode & 0o077)
    throw misconfigured(`${file} can be read by others; run chmod 600 ${file}`)
  return { name, privateKey: hexToBytes(hex as `0x${string}`) }
}

function verifierKeyOf({ name, privateKey }: WitnessKey): string {
  return encodeVerifierKey({ name, type: 'cosignature', publicKey: ed25519.getPublicKey(privateKey) })
}

function misconfigured(message: string): AppError {
  return new AppError('misconfigured', { message })
}
