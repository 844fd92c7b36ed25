/** Fields that take more than to be written down, in values: long texts, settings, and signatures to be found or made. */
export const weights: Readonly<Record<string, number>> = {
  envelope: 1_000,
  body: 200,
  sig: 100,
  receipt: 100,
  strategies: 50,
  params: 50,
  plugins: 50,
  metadata: 50,
  statement: 50,
  about: 50,
}
