import { bytesToHex, hexToBytes } from '@noble/hashes/utils'
import type { HexString } from '../views/hex-string'

/** What is remembered of a voter: the newest ballot seen so far. */
export interface LastBallot {
  /** Unix seconds. */
  readonly timestamp: number
  readonly id: HexString
  readonly isSuperseded: boolean
}

/**
 * The newest ballot of each voter, in 61 bytes a voter and 8 for its place: a million voters take a tenth of a gigabyte,
 * where a Map of objects takes several times that.
 */
export class VoterTable {
  #size = 0
  #slots = new Int32Array(1024).fill(-1)
  #voters = new Uint8Array(20 * 512)
  #ids = new Uint8Array(32 * 512)
  #timestamps = new Float64Array(512)
  #superseded = new Uint8Array(512)

  /** Voters in the table. */
  get size(): number {
    return this.#size
  }

  /** Puts a voter's ballot in the place of the one before, and answers that. `voter` in any case of letters. */
  replace(voter: HexString, ballot: LastBallot): LastBallot | undefined {
    const key = hexToBytes(voter.slice(2))
    const slot = this.#find(key)
    const found = this.#slots[slot] ?? -1
    const entry = found === -1 ? this.#add(key, slot) : found
    const before = found === -1 ? undefined : this.#read(entry)
    this.#ids.set(hexToBytes(ballot.id.slice(2)), 32 * entry)
    this.#timestamps[entry] = ballot.timestamp
    this.#superseded[entry] = ballot.isSuperseded ? 1 : 0
    return before
  }

  /** Voters, in lower case, whose newest ballot is superseded, by none that was seen. */
  *orphans(): Generator<HexString> {
    for (let entry = 0; entry < this.#size; entry += 1) {
      if (this.#superseded[entry] === 1) {
        yield `0x${bytesToHex(this.#voters.subarray(20 * entry, 20 * (entry + 1)))}`
      }
    }
  }

  #read(entry: number): LastBallot {
    return {
      timestamp: this.#timestamps[entry] ?? 0,
      id: `0x${bytesToHex(this.#ids.subarray(32 * entry, 32 * (entry + 1)))}`,
      isSuperseded: this.#superseded[entry] === 1,
    }
  }

  /** The slot of a voter, or the empty one where the voter would be. */
  #find(key: Uint8Array): number {
    const mask = this.#slots.length - 1
    let slot = new DataView(key.buffer, key.byteOffset).getUint32(16) & mask
    for (;;) {
      const entry = this.#slots[slot] ?? -1
      if (entry === -1 || key.every((byte, at) => this.#voters[20 * entry + at] === byte)) return slot
      slot = (slot + 1) & mask
    }
  }

  #add(key: Uint8Array, slot: number): number {
    const entry = this.#size
    if (entry === this.#timestamps.length) this.#grow()
    this.#voters.set(key, 20 * entry)
    this.#slots[slot] = entry
    this.#size += 1
    if (2 * this.#size > this.#slots.length) this.#rehash()
    return entry
  }

  #grow(): void {
    const room = 2 * this.#timestamps.length
    this.#voters = enlarge(this.#voters, new Uint8Array(20 * room))
    this.#ids = enlarge(this.#ids, new Uint8Array(32 * room))
    this.#timestamps = enlarge(this.#timestamps, new Float64Array(room))
    this.#superseded = enlarge(this.#superseded, new Uint8Array(room))
  }

  #rehash(): void {
    this.#slots = new Int32Array(2 * this.#slots.length).fill(-1)
    for (let entry = 0; entry < this.#size; entry += 1) {
      this.#slots[this.#find(this.#voters.subarray(20 * entry, 20 * (entry + 1)))] = entry
    }
  }
}

function enlarge<Table extends Uint8Array | Float64Array>(from: Table, to: Table): Table {
  to.set(from)
  return to
}
