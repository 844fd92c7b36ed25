import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql'

/** Whether of the object that a field leads to nothing is wanted but its id, which the field's own row has. */
export function asksOnlyForId({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const isOnlyId = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.every((selection) => {
      if (selection.kind === 'Field') return ['id', '__typename'].includes(selection.name.value)
      if (selection.kind === 'InlineFragment') return isOnlyId(selection.selectionSet)
      return isOnlyId(fragments[selection.name.value]?.selectionSet)
    }) ?? true
  return fieldNodes.every(({ selectionSet }) => isOnlyId(selectionSet))
}
