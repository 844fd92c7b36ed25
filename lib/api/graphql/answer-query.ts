import {
  type DocumentNode,
  execute,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
} from 'graphql'
import { AppError, codes } from '../../core/errors'
import { translateError } from '../../db/translate-error'
import type { Context } from '../../services/context'
import { openHubRequest } from '../../services/hub/hub-request'
import type { InTurn } from '../../services/hub/measure-vp'
import { checkDocument } from './check-document'
import { costOf } from './cost-of'
import type { GraphqlRequest } from './resolvers'
import { schema } from './schema'

/** A question as GraphQL's clients send it. */
export interface GraphqlQuestion {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
  readonly operationName?: string | null | undefined
}

/** Whose question it is: what his address has under way and spends is counted together. */
export interface GraphqlAsker {
  readonly ip: string
  readonly inTurn: InTurn
}

export interface GraphqlAnswer {
  readonly status: number
  readonly body: { readonly data?: unknown; readonly errors?: readonly object[] }
}

const MAX_CHARACTERS = 256_000
const MAX_TOKENS = 15_000
/**
 * A second or two of this server's time: a thousand proposals with all that is theirs, five searches of whole tables, or
 * two readings of chains.
 */
const MAX_COST = 600_000
const MAX_MS = 10_000

/** Answers a question, whatever it is: what is wrong with it is in `errors`, in Snapshot's words where it has some. */
export async function answerQuery(
  ctx: Context,
  asker: GraphqlAsker,
  question: GraphqlQuestion,
): Promise<GraphqlAnswer> {
  const { document, errors } = readDocument(question.query)
  if (errors) return refused(errors)
  const operation = getOperationAST(document, question.operationName)
  if (!operation) {
    return refused([
      new GraphQLError(
        question.operationName
          ? `Unknown operation named "${question.operationName}".`
          : 'Must provide operation name if query contains multiple operations.',
      ),
    ])
  }
  const variables = getVariableValues(schema, operation.variableDefinitions ?? [], question.variables ?? {}, {
    maxErrors: 5,
  })
  if (variables.errors) return refused(variables.errors)
  const cost = costOf(document, operation, variables.coerced)
  if (cost > MAX_COST) {
    return refused([
      new GraphQLError(
        `The answer may have ${cost} values; there may be ${MAX_COST}. Ask for fewer rows or fields at once.`,
      ),
    ])
  }
  const { ip, inTurn } = asker
  const gone = new AbortController()
  const contextValue: GraphqlRequest = { ...openHubRequest(ctx, { ip, signal: gone.signal }), inTurn }
  const result = await inTime(
    execute({
      schema,
      document,
      contextValue,
      variableValues: question.variables ?? {},
      operationName: question.operationName ?? null,
    }),
  )
  // Of an answer that is late, or null for one root's sake, the rest may be under way still.
  gone.abort()
  if (!result) return { status: 503, body: { errors: [{ message: 'The query took too long.' }] } }
  const { data = null, errors: thrown = [] } = result
  return {
    status: data === null ? statusOf(thrown) : 200,
    body: { ...(thrown.length > 0 && { errors: thrown.map((error) => explain(error, ctx)) }), data },
  }
}

function refused(errors: readonly GraphQLError[]): GraphqlAnswer {
  return { status: 400, body: { errors: errors.map((error) => error.toJSON()) } }
}

type Read =
  | { readonly document: DocumentNode; readonly errors?: undefined }
  | { readonly errors: readonly GraphQLError[]; readonly document?: undefined }

/** Bots ask the same for ever. */
const MAX_KEPT = 200
const MAX_KEPT_CHARACTERS = 4_000
const kept = new Map<string, Read>()

function readDocument(query: string): Read {
  const known = kept.get(query)
  const read = known ?? parseAndValidate(query)
  if (query.length > MAX_KEPT_CHARACTERS) return read
  kept.delete(query)
  kept.set(query, read)
  const [oldest] = kept.keys()
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
  return read
}

function parseAndValidate(query: string): Read {
  if (query.length > MAX_CHARACTERS) {
    return { errors: [new GraphQLError(`The query is longer than ${MAX_CHARACTERS} characters.`)] }
  }
  try {
    const document = parse(query, { maxTokens: MAX_TOKENS })
    checkDocument(document)
    const errors = validate(schema, document, undefined, { maxErrors: 5 })
    return errors.length > 0 ? { errors } : { document }
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] }
    // Nested deeper than the parser can follow.
    if (error instanceof RangeError) return { errors: [new GraphQLError('The query is nested too deeply.')] }
    throw error
  }
}

async function inTime<Value>(work: Value | Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, MAX_MS, undefined)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Whatever Postgres says, clients know one sentence; our own mistakes are logged and not shown. */
function explain(error: GraphQLError, { log }: Context): object {
  const { message: _, ...rest } = error.toJSON()
  const cause = causeOf(error)
  if (isOfQuestion(cause)) return error.toJSON()
  if (!(cause instanceof AppError) || !codes[cause.code].public) {
    log.error({ event: 'graphql.failed', path: error.path, err: cause })
    return { message: 'Unexpected error', ...rest }
  }
  return { message: cause.code === 'database_unavailable' ? 'request failed' : cause.message, ...rest }
}

function statusOf(errors: readonly GraphQLError[]): number {
  const [status] = errors.map((error) => {
    const cause = causeOf(error)
    if (isOfQuestion(cause)) return 400
    return cause instanceof AppError ? cause.status : 500
  })
  return status ?? 500
}

function causeOf(error: GraphQLError): unknown {
  return translateError(error.originalError ?? error)
}

/** GraphQL's own refusal of a part of the question, such as null in a variable. What a value is not is no part of it. */
function isOfQuestion(cause: unknown): boolean {
  return cause instanceof GraphQLError && cause.nodes !== undefined
}
