// Draws a product's picture: one object of Fluent Emoji 3D (MIT) on a soft coloured ground with its shadow.
// The same wish gives the same picture; nothing here knows the database or the file system's layout.
import { createRequire } from 'node:module'
import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { colours, hexOf, type Lch, lchOfHex } from './colours.ts'
import { mainHue, type Pixels, type TintedPart, tinted } from './tint.ts'

// Pictures run side by side; one of them needs no threads of its own.
sharp.concurrency(1)

/** One object alone, or three of it in a row. */
export type Arrangement = 'single' | 'group'

export type PictureWish = {
  /** The object's code points, as its file is called: `1fab4`. */
  object: string
  /** A name of `colours`, and what of the object takes it. */
  colour?: string
  part?: TintedPart
  /** Turns the ground's hue away from the object's, in degrees. */
  groundTurn?: number
  arrangement?: Arrangement
  /** Colours of the two beside the middle one of a group; its own when absent. */
  beside?: string[]
}

/** Drawn at this size: objects are 256 px, so more would add no detail. */
export const side = 640
const scale = side / 1200
const objectSide = 256
const assets = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@lobehub/fluent-emoji-3d/package.json')),
  'assets',
)

/** Where an object's image lies. */
export const objectFile = (object: string): string => path.join(assets, `${object}.webp`)

/** The objects used last: a product's colours follow one another. */
const loaded = new Map<string, Promise<Pixels>>()

function load(object: string): Promise<Pixels> {
  const known = loaded.get(object)
  if (known) return known
  const pixels = sharp(objectFile(object))
    .ensureAlpha()
    .resize(objectSide, objectSide, { fit: 'contain', background: '#0000' })
    .raw()
    .toBuffer()
  loaded.set(object, pixels)
  if (loaded.size > 4) loaded.delete([...loaded.keys()][0] ?? '')
  return pixels
}

async function pixelsOf({ object, colour, part = 'main' }: PictureWish): Promise<Pixels> {
  const pixels = await load(object)
  const hex = colour && colours[colour]
  return hex ? tinted(pixels, objectSide, lchOfHex(hex), part) : pixels
}

/** A pale ground that goes with the object: its own hue, or one beside it. */
function groundOf(pixels: Pixels, { colour, groundTurn = 0 }: PictureWish): Lch {
  const hex = colour && colours[colour]
  const own = hex ? lchOfHex(hex) : { l: 0, c: 0.1, h: mainHue(pixels) }
  const hue = own.c < 0.015 ? 1.3 : own.h
  return { l: 0.925, c: 0.034, h: hue + (groundTurn * Math.PI) / 180 }
}

type Placed = { left: number; bottom: number; width: number; height: number }

const svg = (body: string) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 1200 1200">${body}</svg>`,
  )

/** The ground with a light from above, and a contact shadow under each thing. */
function sceneSvg(ground: Lch, things: Placed[]): Buffer {
  const light = hexOf({ ...ground, l: ground.l + 0.045, c: ground.c * 0.55 })
  const edge = hexOf({ ...ground, l: ground.l - 0.045, c: ground.c * 1.25 })
  const dark = hexOf({ l: 0.34, c: 0.05, h: ground.h })
  const shadows = things.map(({ left, bottom, width }) => {
    const middle = left + width / 2
    const reach = Math.max(120, width * 0.5)
    return `<ellipse cx="${middle}" cy="${bottom - 4}" rx="${reach * 1.12}" ry="${reach * 0.2}" fill="url(#far)"/>
      <ellipse cx="${middle}" cy="${bottom - 8}" rx="${reach * 0.78}" ry="${reach * 0.1}" fill="url(#near)"/>`
  })
  const fade = (
    id: string,
    strength: number,
  ) => `<radialGradient id="${id}"><stop offset="0" stop-color="${dark}" stop-opacity="${strength}"/>
    <stop offset=".55" stop-color="${dark}" stop-opacity="${strength * 0.45}"/><stop offset="1" stop-color="${dark}" stop-opacity="0"/></radialGradient>`
  return svg(`<defs><radialGradient id="ground" cx=".5" cy=".38" r=".8"><stop offset="0" stop-color="${light}"/>
    <stop offset=".6" stop-color="${hexOf(ground)}"/><stop offset="1" stop-color="${edge}"/></radialGradient>
    ${fade('far', 0.3)}${fade('near', 0.4)}</defs><rect width="100%" height="100%" fill="url(#ground)"/>${shadows.join('')}`)
}

/** Sizes and places on a field of 1200 × 1200: one large thing in the middle, or a large one between two smaller, all on the same line. */
function placesOf(arrangement: Arrangement, ratio: number): Placed[] {
  const thing = (longest: number, middle: number, bottom: number): Placed => {
    const width = Math.round(ratio >= 1 ? longest : longest * ratio)
    const height = Math.round(ratio >= 1 ? longest / ratio : longest)
    return { left: Math.round(middle - width / 2), bottom, width, height }
  }
  if (arrangement === 'group') return [thing(400, 300, 900), thing(400, 900, 900), thing(520, 600, 985)]
  const one = thing(744, 600, 0)
  return [{ ...one, bottom: Math.round(600 + one.height / 2 + 16) }]
}

type Raw = { data: Pixels; width: number; height: number }

/** The smallest part of a square picture that holds all that is to be seen. */
function trimmed(pixels: Pixels): Raw {
  let [left, top, right, bottom] = [objectSide, objectSide, -1, -1]
  for (let at = 0; at < objectSide * objectSide; at += 1) {
    if ((pixels[at * 4 + 3] ?? 0) < 10) continue
    const [x, y] = [at % objectSide, Math.floor(at / objectSide)]
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = y
  }
  const [width, height] = [right - left + 1, bottom - top + 1]
  const data = new Uint8Array(width * height * 4)
  for (let row = 0; row < height; row += 1) {
    const from = ((top + row) * objectSide + left) * 4
    data.set(pixels.subarray(from, from + width * 4), row * width * 4)
  }
  return { data, width, height }
}

/** The finished picture, `side` × `side` raw RGB. */
export async function compose(wish: PictureWish): Promise<Sharp> {
  const pixels = await pixelsOf(wish)
  const { data: cut, ...size } = trimmed(pixels)
  const raw = { ...size, channels: 4 as const }
  const things = placesOf(wish.arrangement ?? 'single', size.width / size.height)
  const layers = await Promise.all(
    things.map(async ({ left, bottom, width, height }, at) => {
      const colour = wish.beside?.[at]
      const own = colour ? trimmed(await pixelsOf({ ...wish, colour })).data : cut
      const scaled = await sharp(own, { raw })
        .resize(Math.round(width * scale), Math.round(height * scale), { kernel: 'lanczos3', fit: 'fill' })
        .raw()
        .toBuffer({ resolveWithObject: true })
      return {
        input: scaled.data,
        raw: { width: scaled.info.width, height: scaled.info.height, channels: 4 as const },
        left: Math.round(left * scale),
        top: Math.round((bottom - height) * scale),
      }
    }),
  )
  const { data, info } = await sharp(sceneSvg(groundOf(pixels, wish), things))
    .composite(layers)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
}
