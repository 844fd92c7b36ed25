/** A text to look for, in a form that Postgres takes: no row has NUL or half a surrogate pair. */
export function storable(value: unknown): string {
  return String(value).replace(/\0|\p{Surrogate}/gu, '\uFFFD')
}
