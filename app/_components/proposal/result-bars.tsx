import type { ProposalSummary } from '../../../lib/core/views/proposal-view'
import { Amount } from '../ui/amount'
import { Bar } from '../ui/bar'
import { percent, permille } from '../ui/format-amount'
import { choiceColour } from './choice-colour'
import { resultOrder } from './result-order'
import { resultWhole } from './result-whole'

/** The result as a table whose rows are bars: option, share, amount. */
export function ResultBars({
  proposal,
}: {
  readonly proposal: Pick<ProposalSummary, 'type' | 'choices' | 'scores' | 'scoresTotal' | 'symbol'>
}) {
  const scores = proposal.scores.map(BigInt)
  const whole = resultWhole(proposal)
  return (
    <table className="w-full">
      <caption className="sr-only">Result by option</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Option</th>
          <th scope="col">Share</th>
          <th scope="col">{proposal.symbol || 'Votes'}</th>
        </tr>
      </thead>
      <tbody>
        {resultOrder(proposal).map((index) => {
          const score = scores[index] ?? 0n
          return (
            <tr
              key={proposal.choices[index]}
              className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-baseline gap-x-3 py-1.5"
            >
              <th scope="row" className="break-words text-left font-normal">
                <bdi>{proposal.choices[index]}</bdi>
              </th>
              <td className="text-right font-medium tabular-nums">{percent(score, whole)}</td>
              <td className="min-w-14 text-right text-muted">
                <Amount value={score} compact />
              </td>
              <td className="col-span-3 mt-1" aria-hidden>
                <Bar permille={permille(score, whole)} colour={choiceColour(proposal.type, index)} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
