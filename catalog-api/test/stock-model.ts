// What stock is, and nothing else: shelves, references and what each call answers. Pure; knows no row, no lock, no request.
import type { Model } from '../../local/testing/against-model.ts'

export type Lines = Record<string, number>
export type Held = { status: 'held' | 'committed' | 'released'; lines: Lines; late: boolean; back: Lines }
/** A release before its reserve leaves a reference without lines. `used`: keys of returns and corrections that were made. */
export type State = {
  shelf: Record<string, { onHand: number; reserved: number }>
  refs: Record<string, Held>
  used: string[]
}

export type Op =
  | { do: 'reserve'; ref: string; lines: Lines }
  | { do: 'commit' | 'release' | 'expire'; ref: string }
  | { do: 'restock'; ref: string; key: string; lines: Lines }
  | { do: 'adjust'; key: string; article: string; delta: number }

export const articles = ['a', 'b'] as const
/** Articles with a quantity above zero. */
export const has = (lines: Lines) => Object.entries(lines).filter(([, quantity]) => quantity > 0)
const same = (one: Lines, other: Lines) => articles.every((article) => (one[article] ?? 0) === (other[article] ?? 0))

/** A copy whose shelves moved by `lines` times these signs. */
function moved(state: State, lines: Lines, { onHand, reserved }: { onHand: number; reserved: number }): State {
  const shelf = { ...state.shelf }
  for (const [article, quantity] of has(lines)) {
    const level = shelf[article] ?? { onHand: 0, reserved: 0 }
    shelf[article] = { onHand: level.onHand + onHand * quantity, reserved: level.reserved + reserved * quantity }
  }
  return { ...state, shelf }
}
const withRef = (state: State, ref: string, held: Held): State => ({ ...state, refs: { ...state.refs, [ref]: held } })
const isFree = ({ shelf }: State, lines: Lines) =>
  has(lines).every(([article, quantity]) => {
    const { onHand, reserved } = shelf[article] ?? { onHand: 0, reserved: 0 }
    return onHand - reserved >= quantity
  })

const rules: { [Name in Op['do']]: (state: State, op: Extract<Op, { do: Name }>) => [string, State] } = {
  reserve: (state, { ref, lines }) => {
    const known = state.refs[ref]
    if (known?.status === 'released') return ['reservation_released', state]
    if (known) return [same(known.lines, lines) ? '200' : 'reservation_mismatch', state]
    if (!isFree(state, lines)) return ['out_of_stock', state]
    const after = moved(state, lines, { onHand: 0, reserved: 1 })
    return ['201', withRef(after, ref, { status: 'held', lines, late: false, back: {} })]
  },
  commit: (state, { ref }) => {
    const known = state.refs[ref]
    if (!known) return ['not_found', state]
    if (known.status === 'committed') return [known.late ? 'late' : 'sold', state]
    const late = known.status === 'released'
    if (late && (has(known.lines).length === 0 || !isFree(state, known.lines))) return ['out_of_stock', state]
    const after = moved(state, known.lines, { onHand: -1, reserved: late ? 0 : -1 })
    return [late ? 'late' : 'sold', withRef(after, ref, { ...known, status: 'committed', late })]
  },
  release: (state, { ref }) => {
    const known = state.refs[ref]
    if (!known) return ['200', withRef(state, ref, { status: 'released', lines: {}, late: false, back: {} })]
    if (known.status === 'committed') return ['already_committed', state]
    if (known.status === 'released') return ['200', state]
    return [
      '200',
      withRef(moved(state, known.lines, { onHand: 0, reserved: -1 }), ref, { ...known, status: 'released' }),
    ]
  },
  expire: (state, { ref }) => {
    const known = state.refs[ref]
    if (known?.status !== 'held') return ['swept', state]
    return [
      'swept',
      withRef(moved(state, known.lines, { onHand: 0, reserved: -1 }), ref, { ...known, status: 'released' }),
    ]
  },
  restock: (state, { ref, key, lines }) => {
    const known = state.refs[ref]
    if (!known) return ['not_found', state]
    if (known.status !== 'committed') return ['conflict', state]
    if (state.used.includes(`${ref} ${key}`)) return ['200', state]
    const fits = has(lines).every(
      ([article, quantity]) => quantity <= (known.lines[article] ?? 0) - (known.back[article] ?? 0),
    )
    if (!fits) return ['conflict', state]
    const back = { ...known.back }
    for (const [article, quantity] of has(lines)) back[article] = (back[article] ?? 0) + quantity
    const after = withRef(moved(state, lines, { onHand: 1, reserved: 0 }), ref, { ...known, back })
    return ['200', { ...after, used: [...state.used, `${ref} ${key}`].sort() }]
  },
  adjust: (state, { key, article, delta }) => {
    const name = `${article} ${key} ${delta}`
    if (state.used.includes(name)) return ['200', state]
    if (state.used.some((used) => used.startsWith(`${article} ${key} `))) return ['conflict', state]
    const { onHand, reserved } = state.shelf[article] ?? { onHand: 0, reserved: 0 }
    if (onHand + delta < reserved) return ['conflict', state]
    const after = { ...state, shelf: { ...state.shelf, [article]: { onHand: onHand + delta, reserved } } }
    return ['200', { ...after, used: [...state.used, name].sort() }]
  },
}

export const stockModel: Model<State, Op> = { apply: (state, op) => rules[op.do](state, op as never) }
