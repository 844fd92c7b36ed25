import type { HexString } from '../../../../../lib/core/views/hex-string'
import type { NextAct, SettlementAct } from '../../../../../lib/core/views/settlement-view'

/** Whether a transaction can be sent now by who is connected, or what it waits for. */
export type Availability =
  | { readonly state: 'now' }
  /** Nobody is connected, and any account could. */
  | { readonly state: 'connect' }
  | { readonly state: 'early'; readonly from: number }
  | { readonly state: 'late'; readonly until: number }
  /** Another account alone may send it. */
  | { readonly state: 'not-yours'; readonly sender: HexString }

export function actAvailability(next: NextAct, address: HexString | null, now: number): Availability {
  if (now < next.from) return { state: 'early', from: next.from }
  if (next.until !== null && now > next.until) return { state: 'late', until: next.until }
  if (next.sender !== null && next.sender !== address) return { state: 'not-yours', sender: next.sender }
  return { state: address === null ? 'connect' : 'now' }
}

/** What each act is called on its button, and what it does. */
export const actWords: Record<SettlementAct, { readonly button: string; readonly effect: string }> = {
  register: {
    button: 'Register',
    effect: 'Shows the module the signed proposal and its calls, so that it can settle them.',
  },
  cancel: {
    button: 'Hand in the withdrawal',
    effect: 'Shows the module the author’s signed withdrawal. After that nobody can execute the proposal.',
  },
  commit: {
    button: 'Commit',
    effect: 'Fixes on chain which ballots count. Nobody can add or remove one afterwards.',
  },
  prove: {
    button: 'Prove',
    effect: 'Shows the module every ballot; it checks each signature and the votes behind it.',
  },
  execute: { button: 'Execute', effect: 'The Safe makes the calls, all or none.' },
}

/** Who does it when nobody presses the button. */
export function whoElse({ act, isAutomatic, sender }: NextAct): string {
  if (!isAutomatic) return sender === null ? 'It waits for somebody to do it: anybody can.' : ''
  return sender === null
    ? 'This installation’s keeper does it by itself. Anybody can, without waiting for it.'
    : `This installation’s keeper does it by itself${act === 'commit' ? ': it is the operator' : ''}.`
}
