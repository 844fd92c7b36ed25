const units = ['bytes', 'kB', 'MB', 'GB']

/** "412 bytes", "5.3 MB": powers of a thousand, as file managers show them. */
export function fileSize(bytes: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)))
  const amount = bytes / 1000 ** power
  const digits = power > 0 && amount < 100 ? 1 : 0
  return `${amount.toLocaleString('en', { maximumFractionDigits: digits })} ${units[power]}`
}
