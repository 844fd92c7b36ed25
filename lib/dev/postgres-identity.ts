import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** How to run a Postgres program so that it accepts its user and can reach its files. */
export interface PostgresIdentity {
  /** User and group to switch to; absent where the current ones serve. */
  readonly user: { readonly uid?: number; readonly gid?: number }
  /** Words to put before the command. */
  readonly prefix: readonly string[]
}

/**
 * Postgres refuses to run as root. An ordinary user stays as it is; root becomes, in this order, the owner of a
 * parent directory of the data, `postgres` or `nobody`, whoever can reach both the program and the data. Where
 * nobody else can (a clone under /root), root stays and a user namespace shows it to Postgres as somebody else.
 *
 * Creates `dir` and gives it to whoever will use it; a directory that holds data keeps its owner.
 */
export function choosePostgresIdentity(program: string, dir: string): PostgresIdentity {
  fs.mkdirSync(dir, { recursive: true })
  if (process.getuid?.() !== 0) return { user: {}, prefix: [] }

  const initialised = fs.existsSync(path.join(dir, 'PG_VERSION'))
  const candidates = initialised
    ? [ownerOf(dir)]
    : [...parentsOf(dir).map(ownerOf), userNamed('postgres'), userNamed('nobody')]
  for (const user of candidates) {
    if (!user || user.uid === 0) continue
    if (!initialised) give(dir, user)
    if (canUse(program, dir, user)) return { user, prefix: [] }
  }
  const stranger = userNamed('nobody') ?? { uid: 65_534, gid: 65_534 }
  if (!initialised) give(dir, { uid: 0, gid: 0 })
  const prefix = ['unshare', '--user', `--map-user=${stranger.uid}`, `--map-group=${stranger.gid}`]
  if (canUse(program, dir, {}, prefix)) return { user: {}, prefix }
  throw new Error(
    `Postgres refuses to run as root, and no other user can reach ${dir}. Move the clone (to /opt, say), start as an ordinary user, or set DATABASE_URL.`,
  )
}

interface User {
  readonly uid: number
  readonly gid: number
}

function canUse(program: string, dir: string, user: Partial<User>, prefix: readonly string[] = []): boolean {
  return [
    [program, '--version'],
    ['test', '-w', dir],
  ].every((command) => {
    const [name = '', ...args] = [...prefix, ...command]
    return spawnSync(name, args, { ...user, cwd: '/' }).status === 0
  })
}

function give(dir: string, user: User): void {
  fs.chownSync(dir, user.uid, user.gid)
  fs.chmodSync(dir, 0o700)
}

function ownerOf(dir: string): User {
  const { uid, gid } = fs.statSync(dir)
  return { uid, gid }
}

/** Nearest first. */
function parentsOf(dir: string): string[] {
  const parent = path.dirname(dir)
  return parent === dir ? [] : [parent, ...parentsOf(parent)]
}

function userNamed(name: string): User | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }))
  return uid?.status === 0 && gid?.status === 0
    ? { uid: Number(uid.stdout), gid: Number(gid.stdout) }
    : undefined
}
