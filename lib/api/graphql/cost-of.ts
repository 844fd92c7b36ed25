import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  getArgumentValues,
  getNullableType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { schema } from './schema'
import { weights } from './weights'

/** Rows of a list that has no pages. */
const ROWS = 20

/** Values that a field has for each of its owners; one unless told. Of the schema's own description, about the average. */
const widths: Readonly<Record<string, number>> = { children: 16, types: 60, fields: 12, inputFields: 8 }

/** Of reading a chain. */
const CHAIN = 250_000
/** Of looking through a whole table. */
const SCAN = 100_000

/** No index knows these. */
const unindexed = /^(reason|app|vp|vp_state|type)(_|$)|_contains$/
/** With one of these, what is looked through is somebody's or something's own. */
const narrow = /^(id|ipfs|proposal|space|voter|author|address|user|follower|delegate)(_in)?$/
/** Power is in order within a proposal. */
const narrowByPower = /^(id|ipfs|proposal)(_in)?$/

/** What the answer to an operation costs at most: about the number of values in it. The document is valid. */
export function costOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet]] : [],
    ),
  )

  const sum = (
    set: SelectionSetNode | undefined,
    ofField: (field: FieldNode) => number,
    known: Map<string, number>,
  ): number =>
    (set?.selections ?? []).reduce((total, selection) => {
      if (selection.kind === Kind.FIELD) return total + ofField(selection)
      if (selection.kind === Kind.INLINE_FRAGMENT) return total + sum(selection.selectionSet, ofField, known)
      const name = selection.name.value
      // Once, however often it is spread: fragments of fragments of fragments are many.
      const cost = known.get(name) ?? sum(fragments.get(name), ofField, known)
      known.set(name, cost)
      return total + cost
    }, 0)

  const known = new Map<string, number>()
  const ofField = ({ name, selectionSet }: FieldNode): number =>
    (weights[name.value] ?? 1) + (widths[name.value] ?? 1) * sum(selectionSet, ofField, known)
  const ofRoot = (field: FieldNode): number => {
    const definition = roots[field.name.value]
    if (!definition) return sum(field.selectionSet, ofField, known)
    const asked = argumentsOf(definition, field, variables)
    // The execution says what is wrong, and resolves nothing.
    if (!asked) return 1
    return workOf(definition, asked) + rowsOf(definition, asked) * sum(field.selectionSet, ofField, known)
  }
  return sum(operation.selectionSet, ofRoot, new Map())
}

const roots: Readonly<Record<string, GraphQLField<unknown, unknown>>> =
  schema.getQueryType()?.getFields() ?? {}

type Arguments = Readonly<Record<string, unknown>>

/** Undefined where a variable holds what the argument may not be. */
function argumentsOf(
  definition: GraphQLField<unknown, unknown>,
  field: FieldNode,
  variables: Arguments,
): Arguments | undefined {
  try {
    return getArgumentValues(definition, field, variables)
  } catch (error) {
    if (error instanceof GraphQLError) return undefined
    throw error
  }
}

function workOf({ name }: GraphQLField<unknown, unknown>, { where, orderBy }: Arguments): number {
  if (name === 'vp') return CHAIN
  if (name.endsWith('Count')) return SCAN
  // Null in a list's place is no condition.
  const conditions = Object.entries(where ?? {}).flatMap(([key, value]) => (value === null ? [] : [key]))
  const has = (some: RegExp) => conditions.some((key) => some.test(key))
  const isScan = (has(unindexed) && !has(narrow)) || (orderBy === 'vp' && !has(narrowByPower))
  return isScan ? SCAN : 1
}

function rowsOf(definition: GraphQLField<unknown, unknown>, { first }: Arguments): number {
  if (typeof first === 'number') return Math.max(first, 1)
  return isListType(getNullableType(definition.type)) ? ROWS : 1
}
