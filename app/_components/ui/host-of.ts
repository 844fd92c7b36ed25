/** "hub.example" of a web address; what is none, as it is. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address
}
