import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client'
import { translateError } from './translate-error'

/** A connection inside a transaction, for hand-written SQL. */
export type Sql = pg.PoolClient

/** Postgres, by Prisma for ordinary queries and by SQL for hot ones, over one pool of connections. */
export interface Database {
  /** Throws `database_unavailable` like everything here when Postgres cannot be used right now. */
  readonly prisma: Prisma
  /** For libraries that want a pool. Its errors are `pg`'s own: queries of ours go through `query`. */
  readonly pool: pg.Pool
  /** One SQL statement outside a transaction. */
  query<Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>
  /**
   * Runs `work` in one transaction and commits; whatever it throws rolls everything back. `database_unavailable`
   * means that nothing was written, but for one case: when the connection breaks during the commit itself, nobody
   * can say. Writers make a repetition harmless (a message id is unique) instead of finding out.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly url: string
  /** Connections of this process; 10 unless told. */
  readonly poolSize?: number
  /** How long one statement may take; 15,000 unless told. */
  readonly statementTimeoutMs?: number
}

/** Connects lazily: the first query does. */
export function createDatabase({
  url,
  poolSize = 10,
  statementTimeoutMs = 15_000,
}: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeoutMs,
    // A server that vanished without a goodbye answers neither: this ends the wait.
    query_timeout: statementTimeoutMs + 5_000,
    keepAlive: true,
  })
  // A connection that breaks is replaced, and the statement it broke under fails; without listeners, a break at any
  // other moment would end the process.
  pool.on('error', ignore)
  pool.on('connect', (connection) => connection.on('error', ignore))
  const prisma = connectPrisma(pool)
  return {
    prisma,
    pool,
    query: (text, values = []) => pool.query(text, [...values]).catch(rethrow),
    transaction: (work) => transaction(pool, work),
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

type Prisma = ReturnType<typeof connectPrisma>

function connectPrisma(pool: pg.Pool) {
  return new PrismaClient({ adapter: new PrismaPg(pool) }).$extends({
    query: {
      async $allOperations({ args, query }) {
        return query(args).catch(rethrow)
      },
    },
  })
}

function ignore() {}

function rethrow(error: unknown): never {
  throw translateError(error)
}

async function transaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = await pool.connect().catch(rethrow)
  let broken = true
  try {
    await sql.query('begin')
    const result = await work(sql)
    await sql.query('commit')
    broken = false
    return result
  } catch (error) {
    broken = await sql.query('rollback').then(
      () => false,
      () => true,
    )
    return rethrow(error)
  } finally {
    sql.release(broken)
  }
}
