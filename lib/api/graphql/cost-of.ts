import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  getArgumentValues,
  getNullableType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { schema } from './schema'

/** Rows of a list that has no pages. */
const ROWS = 20

/** Values that a field has for each of its owners; one unless told. Of the schema's own description, about the average. */
const widths: Readonly<Record<string, number>> = { children: 16, types: 60, fields: 12, inputFields: 8 }

/** Fields that take more than to be written down: long texts, and signatures to be made. */
const weights: Readonly<Record<string, number>> = { body: 20, envelope: 20, receipt: 20 }

/** Of what counts rows, or reads a chain. */
const WORK = 1_000

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
    const work = /^vp$|Count$/.test(definition.name) ? WORK : 1
    return work + rowsOf(definition, field, variables) * sum(field.selectionSet, ofField, known)
  }
  return sum(operation.selectionSet, ofRoot, new Map())
}

const roots: Readonly<Record<string, GraphQLField<unknown, unknown>>> =
  schema.getQueryType()?.getFields() ?? {}

function rowsOf(
  definition: GraphQLField<unknown, unknown>,
  field: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const { first } = getArgumentValues(definition, field, variables)
  if (typeof first === 'number') return Math.max(first, 1)
  return isListType(getNullableType(definition.type)) ? ROWS : 1
}
