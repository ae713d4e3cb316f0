// Says how far the seeds are: a bar on a terminal, a plain line a step elsewhere.
import { Presets, SingleBar } from 'cli-progress'

export type Progress = {
  /** The next step begins; `total` parts are to come. */
  step: (name: string, total?: number) => void
  advance: (by?: number) => void
  done: () => void
}

/** `steps` is how many parts there are altogether. */
export function startProgress(total: number): Progress {
  if (!process.stdout.isTTY) {
    return { step: (name) => console.log(`  ${name}`), advance: () => undefined, done: () => undefined }
  }
  const bar = new SingleBar(
    { format: '  {bar} {percentage} %  {step}', hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  )
  bar.start(total, 0, { step: '' })
  return {
    step: (name) => bar.update({ step: name }),
    advance: (by = 1) => bar.increment(by),
    done: () => bar.stop(),
  }
}
