/** The log's name in checkpoints: the public URL without its scheme, and `/log`. */
export function logOrigin(publicUrl: string): string {
  const { host, pathname } = new URL(publicUrl)
  return `${host}${pathname.replace(/\/$/, '')}/log`
}
