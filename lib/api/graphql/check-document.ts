import { type DocumentNode, type FieldNode, GraphQLError, Kind, type SelectionSetNode, visit } from 'graphql'
import { weights } from './weights'

/** How large a document may be. As Snapshot's, but for the number of fields, which is ours. */
const MAX_OPERATIONS = 5
const MAX_ROOTS = 5
const MAX_DEPTH = 5
/** The validation compares all fields of one name with each other. */
const MAX_FIELDS = 1_000
/** How often a field that is long may stand in one row under another name. */
const MAX_ALIASES = 2

/** Refuses, by a GraphQLError, what would take long to validate already. */
export function checkDocument(document: DocumentNode): void {
  let fields = 0
  visit(document, {
    enter({ kind }) {
      if (kind === Kind.FIELD) fields++
    },
  })
  if (fields > MAX_FIELDS) refuse(`The query has ${fields} fields; there may be ${MAX_FIELDS}.`)
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  if (operations.length > MAX_OPERATIONS) {
    refuse(`The document has ${operations.length} operations; there may be ${MAX_OPERATIONS}.`)
  }
  const { depthOf, rootsOf, aliasesOf } = createMeasure(document)
  for (const operation of operations) {
    if (!('selectionSet' in operation) || !operation.selectionSet) continue
    const name = operation.name?.value ?? ''
    const roots = rootsOf(operation.selectionSet)
    if (roots > MAX_ROOTS) refuse(`'${name}' has ${roots} root selections; there may be ${MAX_ROOTS}.`)
    const depth = depthOf(operation.selectionSet)
    if (depth > MAX_DEPTH) refuse(`'${name}' exceeds maximum operation depth of ${MAX_DEPTH}`)
  }
  visit(document, {
    Field({ selectionSet }) {
      if (!selectionSet) return
      for (const [name, countIn] of aliasesOf) {
        const count = countIn(selectionSet)
        if (count > MAX_ALIASES) refuse(`'${name}' has ${count} aliases; there may be ${MAX_ALIASES}.`)
      }
    },
  })
}

function refuse(message: string): never {
  throw new GraphQLError(message)
}

function createMeasure(document: DocumentNode) {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition.selectionSet] as const]
        : [],
    ),
  )

  /** What a measure of all fields of a set comes to, fragments counted where they are spread, each measured once. */
  const measure = (ofField: (field: FieldNode) => number, join: (numbers: readonly number[]) => number) => {
    const known = new Map<string, number>()
    const ofSet = (set: SelectionSetNode): number =>
      join(
        set.selections.map((selection) => {
          if (selection.kind === Kind.FIELD) return ofField(selection)
          if (selection.kind === Kind.INLINE_FRAGMENT) return ofSet(selection.selectionSet)
          const name = selection.name.value
          // While a fragment is being measured it counts nothing: the validation refuses one that contains itself.
          if (!known.has(name)) {
            known.set(name, 0)
            const fragment = fragments.get(name)
            known.set(name, fragment ? ofSet(fragment) : 0)
          }
          return known.get(name) ?? 0
        }),
      )
    return ofSet
  }

  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  const depthOf = measure(
    ({ name, selectionSet }) =>
      selectionSet && !name.value.startsWith('__') ? 1 + depthOf(selectionSet) : 0,
    (numbers) => Math.max(0, ...numbers),
  )
  const aliasesOf = Object.keys(weights).map(
    (heavy) => [heavy, measure(({ alias, name }) => (alias && name.value === heavy ? 1 : 0), sum)] as const,
  )
  return { depthOf, rootsOf: measure(() => 1, sum), aliasesOf }
}
