import { findVotingSystem } from '../../core/voting/registry'

/**
 * A ballot's choice in words. Of another hub's proposals the voting system may be unknown here, and the choice none: then as
 * it stands.
 */
export function describeChoice(
  choice: unknown,
  { type, choices }: { readonly type: string; readonly choices: readonly string[] },
): string {
  const system = findVotingSystem(type)
  const parsed = system?.choiceSchema(choices.length).safeParse(choice)
  return system && parsed?.success ? system.describeChoice(parsed.data, choices) : JSON.stringify(choice)
}
