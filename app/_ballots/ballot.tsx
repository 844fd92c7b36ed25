import type { BallotKind } from '../../lib/core/voting/voting-system'
import type { BallotProps } from './ballot-props'
import { MultipleBallot } from './multiple-ballot'
import { RankedBallot } from './ranked-ballot'
import { SingleBallot } from './single-ballot'
import { WeightedBallot } from './weighted-ballot'

const ballots = {
  single: SingleBallot,
  multiple: MultipleBallot,
  ranked: RankedBallot,
  weighted: WeightedBallot,
} as const satisfies Record<BallotKind, unknown>

/** The widget for a kind of ballot; voting systems of one kind share it. */
export function Ballot({ kind, ...props }: BallotProps & { readonly kind: BallotKind }) {
  const Widget = ballots[kind]
  return <Widget {...props} />
}
