import { words } from '../words'
import { Button } from './button'
import { explainError } from './explain-error'
import { Notice } from './notice'

/** What happened, why, what to do, and a way to try again: the same everywhere. */
export function ErrorNotice({
  what,
  error,
  onRetry,
}: {
  /** What did not work, as a sentence: "Your vote was not sent." */
  readonly what: string
  readonly error: unknown
  readonly onRetry?: (() => void) | undefined
}) {
  const { why, todo } = explainError(error)
  return (
    <div role="alert">
      <Notice kind="bad" title={what}>
        <p>{why}</p>
        {todo && <p className="text-muted">{todo}</p>}
        {onRetry && (
          <Button className="mt-2" onClick={onRetry}>
            {words.tryAgain}
          </Button>
        )}
      </Notice>
    </div>
  )
}
