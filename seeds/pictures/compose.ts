// All pictures of the seeded shop: draws the ones that are not there yet, a few side by side.
import { picturesOf, planCatalogue } from '../catalogue/plan.ts'
import { draw, isDrawn } from './files.ts'

const sideBySide = 3

/** How many pictures the shop has. */
export const pictureCount = ({ small }: { small: boolean }): number => picturesOf(planCatalogue({ small })).size

export type ComposeOptions = { mediaDir: string; small: boolean; onProgress?: (done: number) => void }

/** Draws what is missing below `mediaDir`; tells after each picture how many are there. */
export async function composePictures({ mediaDir, small, onProgress }: ComposeOptions): Promise<void> {
  const wanted = picturesOf(planCatalogue({ small })).entries()
  let done = 0
  const work = async () => {
    for (const [key, wish] of wanted) {
      if (!isDrawn(mediaDir, key)) await draw(mediaDir, key, wish)
      done += 1
      onProgress?.(done)
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, work))
}
