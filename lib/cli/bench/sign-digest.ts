import { loadNativeEngine, signInJavaScript } from '../../services/operator/sign-digest'

/** Signs a digest with a voter's key: compiled where the package has it for this platform, else in JavaScript. */
export const signDigest = (() => {
  try {
    return loadNativeEngine()
  } catch {
    return signInJavaScript
  }
})()
