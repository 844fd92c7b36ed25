import { answerMounted } from '../../../lib/api/mount'

/** The API on hosts that run plain Next; under `comitia serve` no request comes here. */
export const dynamic = 'force-dynamic'

export { answerMounted as GET, answerMounted as OPTIONS, answerMounted as POST }
