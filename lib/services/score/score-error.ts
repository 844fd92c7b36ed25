/** A refusal of the score API, in Snapshot's words. */
export class ScoreError extends Error {
  override readonly name = 'ScoreError'

  constructor(
    /** HTTP status. */
    readonly code: 400 | 500,
    /** What is wrong. */
    readonly data: string,
  ) {
    super(data)
  }
}
