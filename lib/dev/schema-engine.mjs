#!/usr/bin/env node
// Stands in for Prisma's native `schema-engine`, which Prisma's command line would download: same flags, same JSON-RPC
// on stdin and stdout, one message a line, answered by Prisma's own WASM engine of the same version over `pg`.
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import readline from 'node:readline'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

const { datamodels, datasource, command } = parseArguments(process.argv.slice(2))

function parseArguments(args) {
  const parsed = { datamodels: [], datasource: {}, command: undefined }
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--version' || args[i] === '-V') parsed.command = 'version'
    else if (args[i] === '--datamodels') parsed.datamodels.push(args[++i])
    else if (args[i] === '--datasource') parsed.datasource = JSON.parse(args[++i])
    else if (args[i] === '--extension-types' || args[i] === '--enabled-preview-features') i++
    else if (args[i] === 'cli') parsed.command = args[++i]
  }
  return parsed
}

async function loadEngine() {
  const js = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')
  const module = fs.readFileSync(js.replace(/schema_engine\.js$/, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(module, { './schema_engine_bg.js': wasm })
  wasm.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
}

/** The engine's one-shot commands; Prisma reads the error from stderr. */
async function runCommand(name) {
  try {
    if (name === 'can-connect-to-database') await withClient({ connectionString: datasource.url }, () => {})
    else if (name === 'create-database') await createDatabase(datasource.url)
    else throw new Error(`unknown command ${name}`)
  } catch (error) {
    const error_code = COMMAND_ERRORS[error.code] ?? error.code ?? 'P1011'
    const fields = { message: error.message || String(error), error_code }
    const line = { timestamp: new Date(), level: 'ERROR', fields, target: 'schema_engine::logger' }
    // Prisma drops the first line.
    process.stderr.write(`\n${JSON.stringify(line)}\n`)
    process.exitCode = 1
  }
}

/** Postgres's and the socket's codes in Prisma's numbering. */
const COMMAND_ERRORS = {
  '3D000': 'P1003',
  '28P01': 'P1000',
  ECONNREFUSED: 'P1001',
  ENOTFOUND: 'P1001',
  ETIMEDOUT: 'P1001',
}

/** Answers requests in the order of their arrival until stdin ends. */
async function serve() {
  let engine
  const start = async () => {
    const factory = bindMigrationAwareSqlAdapterFactory(createFactory(datasource.url))
    const files = datamodels.map((file) => [file, fs.readFileSync(file, 'utf8')])
    const log = (line) => process.env.DEBUG && process.stderr.write(`${line}\n`)
    const options = { datamodels: files.length > 0 ? files : undefined }
    return { factory, methods: await wasm.SchemaEngine.new(options, log, factory) }
  }
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (!line.trim()) continue
    const { id, method, params } = JSON.parse(line)
    if (!method) continue
    try {
      engine ??= await start()
      send({ id, result: (await answer(engine, id, method, params ?? {})) ?? {} })
    } catch (error) {
      send({ id, error: describeError(error, engine?.factory) })
    }
  }
  process.exit()
}

async function answer({ methods }, id, method, params) {
  if (method === 'createDatabase')
    return { databaseName: await createDatabase(params.datasource.url ?? datasource.url) }
  const result = await methods[method === 'getDatabaseVersion' ? 'version' : method](params)
  // The native engine asks its client to print a script instead of returning it.
  if (method === 'diff' && result?.stdout)
    send({ id: `print-${id}`, method: 'print', params: { content: result.stdout } })
  return result
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

function describeError(error, factory) {
  let message = error?.message ?? String(error)
  // The engine refers to errors of the adapter by number.
  const number = /^error in registry: (\d+)/i.exec(message)?.[1]
  if (number && factory)
    message = String(factory.errorRegistry.consumeError(Number(number))?.error ?? message)
  const data = { is_panic: false, message, error_code: error?.code, meta: error?.meta }
  return { code: 4466, message: 'An error happened. Check the data field for details.', data }
}

/** Connects to the database that is migrated, and to shadow databases that exist for one connection. */
function createFactory(url) {
  const connect = (target) =>
    new PrismaPg(
      { connectionString: target, max: 1 },
      { schema: new URL(target).searchParams.get('schema') ?? undefined },
    )
      .connect()
      .then(mend)
  // Commands that need no database still want a factory.
  const main = url ?? 'postgresql://127.0.0.1:1/none'
  const factory = new PrismaPg({ connectionString: main, max: 1 })
  factory.connect = () => connect(main)
  factory.connectToShadowDb = async () => {
    if (datasource.shadowDatabaseUrl) return connect(datasource.shadowDatabaseUrl)
    const name = `prisma_migrate_shadow_db_${randomUUID()}`
    await administer(main, `create database "${name}"`)
    const adapter = await connect(withDatabase(main, name))
    const dispose = adapter.dispose.bind(adapter)
    adapter.dispose = async () => {
      await dispose()
      await administer(main, `drop database if exists "${name}" with (force)`)
    }
    return adapter
  }
  return factory
}

/** adapter-pg was made for queries; migrations ask two things more of it. */
function mend(adapter) {
  mendColumns(adapter)
  const start = adapter.startTransaction.bind(adapter)
  adapter.startTransaction = async (level) => mendColumns(await start(level))
  // It splits a script at semicolons, which breaks function bodies and strings: let Postgres read it whole.
  adapter.executeScript = async function executeScript(script) {
    if (!script.trim()) return
    try {
      await this.client.query(script)
    } catch (error) {
      this.onError(error)
    }
  }
  return adapter
}

/** Gives the types that only the catalog has, by their ids, to adapter-pg as types that it knows. */
function mendColumns(queryable) {
  const performIO = queryable.performIO.bind(queryable)
  const queryRaw = queryable.queryRaw.bind(queryable)
  let columns = []
  queryable.performIO = async (query) => {
    const result = await performIO(query)
    columns = (result.fields ?? []).map((field) => CATALOG_TYPES[field.dataTypeID])
    result.fields?.forEach((field, i) => {
      if (columns[i]) field.dataTypeID = columns[i].id
    })
    return result
  }
  queryable.queryRaw = async (query) => {
    const result = await queryRaw(query)
    columns.forEach((column, i) => {
      if (column) result.columnTypes[i] = column.type
    })
    return result
  }
  return queryable
}

const CATALOG_TYPES = {
  18: { id: 1042, type: ColumnTypeEnum.Character }, // "char"
  22: { id: 25, type: ColumnTypeEnum.Text }, // int2vector
  30: { id: 25, type: ColumnTypeEnum.Text }, // oidvector
  1003: { id: 1009, type: ColumnTypeEnum.TextArray }, // name[]
}

async function createDatabase(url) {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  await administer(url, `create database ${pg.escapeIdentifier(name)}`).catch((error) => {
    if (error.code !== '42P04') throw error // it exists
  })
  return name
}

function administer(url, sql) {
  return withClient({ connectionString: withDatabase(url, 'postgres') }, (client) => client.query(sql))
}

function withDatabase(url, name) {
  const result = new URL(url)
  result.pathname = `/${name}`
  return result.href
}

async function withClient(config, use) {
  const client = new pg.Client(config)
  await client.connect()
  try {
    await use(client)
  } finally {
    await client.end()
  }
}

await loadEngine()
if (command === 'version') process.stdout.write(`schema-engine-cli ${wasm.version()} (wasm)\n`)
else if (command) await runCommand(command)
else await serve()
