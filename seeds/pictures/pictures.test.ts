import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { colours, hexOf, lchOfHex } from './colours.ts'
import { draw, isDrawn, widths } from './files.ts'
import { compose } from './scene.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'highstreet-pictures-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The colour at a place of a picture, 0 … 1 from the left and the top, as hue in degrees and chroma. */
async function colourAt(picture: Sharp, x: number, y: number) {
  const { data, info } = await picture.clone().raw().toBuffer({ resolveWithObject: true })
  const at = (Math.round(y * info.height) * info.width + Math.round(x * info.width)) * 3
  const hex = `#${[...data.subarray(at, at + 3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
  const { l, c, h } = lchOfHex(hex)
  return { l, c, degrees: ((h * 180) / Math.PI + 360) % 360 }
}

test('every named colour survives the way there and back', () => {
  for (const [name, hex] of Object.entries(colours)) {
    const back = hexOf(lchOfHex(hex))
    const apart = [1, 3, 5].map((at) =>
      Math.abs(Number.parseInt(hex.slice(at, at + 2), 16) - Number.parseInt(back.slice(at, at + 2), 16)),
    )
    expect(Math.max(...apart), name).toBeLessThanOrEqual(1)
  }
})

test('a navy teapot is blue and a terracotta one is not', async () => {
  const navy = await colourAt(await compose({ object: '1fad6', colour: 'Navy' }), 0.5, 0.6)
  const terracotta = await colourAt(await compose({ object: '1fad6', colour: 'Terracotta' }), 0.5, 0.6)
  expect(navy.degrees).toBeGreaterThan(240)
  expect(navy.degrees).toBeLessThan(300)
  expect(terracotta.degrees).toBeLessThan(70)
  expect(navy.l).toBeLessThan(terracotta.l)
})

test('a plant keeps its green leaves whatever the colour of its pot', async () => {
  const plant = await compose({ object: '1fab4', colour: 'Ink', part: 'below-60' })
  const leaf = await colourAt(plant, 0.4, 0.37)
  const pot = await colourAt(plant, 0.5, 0.7)
  expect(leaf.degrees).toBeGreaterThan(100)
  expect(leaf.degrees).toBeLessThan(150)
  expect(leaf.c).toBeGreaterThan(0.1)
  expect(pot.c).toBeLessThan(0.06)
})

test('a picture is written in all sizes, whole, and the same each time', async () => {
  expect(isDrawn(folder, 'mug')).toBe(false)
  await draw(folder, 'mug', { object: '2615', colour: 'Sage', part: 'greys' })
  expect(isDrawn(folder, 'mug')).toBe(true)
  for (const width of widths) {
    const { format, width: wide, height } = await sharp(path.join(folder, `mug-${width}.webp`)).metadata()
    expect({ format, wide, height }).toEqual({ format: 'webp', wide: width, height: width })
  }
  const first = await sharp(path.join(folder, 'mug-640.webp')).raw().toBuffer()
  await draw(folder, 'mug', { object: '2615', colour: 'Sage', part: 'greys' })
  expect((await sharp(path.join(folder, 'mug-640.webp')).raw().toBuffer()).equals(first)).toBe(true)
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  expect(statSync(path.join(folder, 'mug-1200.webp')).size).toBeLessThan(80_000)
})
