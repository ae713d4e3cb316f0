// Writes a picture's three sizes below the media folder, unless they are there. A half-written file never gets its name.
import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import path from 'node:path'
import type { Sharp } from 'sharp'
import { compose, type PictureWish, side } from './scene.ts'

/** The sizes that catalog-api promises for every picture, in px. */
export const widths = [320, 640, 1200] as const
/** Height and width of the largest size. */
export const fullSide = 1200

const fileOf = (folder: string, key: string, width: number) => path.join(folder, `${key}-${width}.webp`)

/** Whether all sizes of `key` are there. */
export const isDrawn = (folder: string, key: string): boolean =>
  widths.every((width) => existsSync(fileOf(folder, key, width)))

async function save(picture: Sharp, file: string, width: number): Promise<void> {
  const draft = `${file}.${process.pid}.part`
  // The largest is drawn larger than composed: soft edges stay soft either way, and linear costs a third.
  const kernel = width > side ? 'linear' : 'lanczos3'
  await picture.clone().resize(width, width, { kernel }).webp({ quality: 78, effort: 0 }).toFile(draft)
  await rename(draft, file)
}

/** Draws `wish` as `<folder>/<key>-<width>.webp`. */
export async function draw(folder: string, key: string, wish: PictureWish): Promise<void> {
  await mkdir(path.dirname(fileOf(folder, key, fullSide)), { recursive: true })
  const picture = await compose(wish)
  await Promise.all(widths.map((width) => save(picture, fileOf(folder, key, width), width)))
}
