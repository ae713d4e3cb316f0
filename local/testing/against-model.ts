// Random sequences of operations on the real thing beside a pure model of it; some operations come in pairs at the same
// moment, and must then look as if one had been before the other. Prints seed and the shortest failing sequence.
// `MODEL_RUNS=500` for long ones, `MODEL_SEED=N` to have one again.
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'

export type Model<State, Op> = {
  /** What the operation answers in this state, and the state afterwards. Pure. */
  apply: (state: State, op: Op) => [answer: string, after: State]
}

export type Real<State, Op> = {
  perform: (op: Op) => Promise<string>
  /** What can be seen of the state. */
  look: () => Promise<State>
}

type Holder<State> = { state: State }

const show = (thing: unknown): string => JSON.stringify(thing)

class Step<State, Op> implements fc.AsyncCommand<Holder<State>, Real<State, Op>> {
  constructor(
    private readonly model: Model<State, Op>,
    private readonly ops: readonly Op[],
  ) {}

  check = (): boolean => true

  async run(holder: Holder<State>, real: Real<State, Op>): Promise<void> {
    const answers = await Promise.all(this.ops.map((op) => real.perform(op)))
    const seen = await real.look()
    const allowed = this.orders().map((order) => this.play(holder.state, order))
    const fits = allowed.find((one) => isDeepStrictEqual(one.answers, answers) && isDeepStrictEqual(one.after, seen))
    if (!fits) {
      const due = allowed.map(({ answers: said, after }) => `${show(said)} and then ${show(after)}`).join('\n or ')
      throw new Error(`${this} answered ${show(answers)} and then ${show(seen)}\n not ${due}`)
    }
    holder.state = fits.after
  }

  /** The ways in which operations at the same moment may have come one after the other. */
  private orders(): number[][] {
    return this.ops.length === 2
      ? [
          [0, 1],
          [1, 0],
        ]
      : [[0]]
  }

  private play(state: State, order: number[]): { answers: string[]; after: State } {
    const answers: string[] = []
    let after = state
    for (const at of order) {
      const [answer, next] = this.model.apply(after, this.ops[at] as Op)
      answers[at] = answer
      after = next
    }
    return { answers, after }
  }

  toString = (): string => this.ops.map(show).join(' at once with ')
}

/**
 * Plays sequences of up to `most` operations, each on a new `open()`ed thing, one in three as a pair; throws with the seed and
 * the shortest sequence that tells model and thing apart.
 */
export async function playAgainstModel<State, Op>(
  model: Model<State, Op>,
  ops: fc.Arbitrary<Op>,
  { open, runs, most }: { open: () => Promise<{ state: State; real: Real<State, Op> }>; runs: number; most: number },
): Promise<void> {
  const steps = fc.oneof(
    { weight: 2, arbitrary: ops.map((op) => new Step(model, [op])) },
    { weight: 1, arbitrary: fc.tuple(ops, ops).map((pair) => new Step(model, pair)) },
  )
  const sequences = fc.commands([steps], { maxCommands: most })
  const { MODEL_RUNS, MODEL_SEED } = process.env
  await fc.assert(
    fc.asyncProperty(sequences, async (commands) => {
      const { state, real } = await open()
      await fc.asyncModelRun(() => ({ model: { state }, real }), commands)
    }),
    { numRuns: Number(MODEL_RUNS ?? runs), ...(MODEL_SEED && { seed: Number(MODEL_SEED) }) },
  )
}
