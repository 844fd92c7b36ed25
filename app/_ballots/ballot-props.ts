import type { Choice } from '../../lib/core/voting/voting-system'

/** What every ballot widget gets: the options in order, the choice so far, and where a new one goes. */
export interface BallotProps {
  readonly options: readonly string[]
  /** null until the voter has touched the ballot. */
  readonly value: Choice | null
  readonly onChange: (choice: Choice | null) => void
  readonly disabled?: boolean
}
