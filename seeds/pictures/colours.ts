// The colours things are sold in, as words and as light. Pure.
// OKLCH (https://bottosson.github.io/posts/oklab/): equal steps look equal, so a recoloured shade keeps its depth.

/** Every value of the option Colour that a picture may be drawn in. */
export const colours: Record<string, string> = {
  Sage: '#8fa68a',
  Moss: '#5f7346',
  Forest: '#2f5d46',
  Olive: '#7d7a3c',
  Mint: '#9fd3bd',
  Teal: '#2b7f83',
  Sky: '#86b8de',
  Denim: '#46699c',
  Navy: '#2c3f6b',
  Ink: '#33374a',
  Slate: '#6e7a87',
  Charcoal: '#45464b',
  Stone: '#b3aca0',
  Oat: '#ddcfb4',
  Sand: '#d3b78c',
  Cream: '#efe6d2',
  Chalk: '#eeedea',
  Butter: '#f0d47a',
  Mustard: '#cf9a2f',
  Apricot: '#efa766',
  Terracotta: '#c5694a',
  Rust: '#a8502e',
  Cherry: '#b52c3a',
  Coral: '#ec7a66',
  Rose: '#dc93a0',
  Blush: '#ebc0bb',
  Plum: '#6f3f63',
  Lilac: '#b3a1d6',
  Cocoa: '#6b4a3a',
  Walnut: '#6f4d35',
  Oak: '#c39a66',
}

export type Lch = { l: number; c: number; h: number }

const toLinear = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
})
const light = (byte: number) => toLinear[byte] ?? 0

/** sRGB bytes → OKLCH; `h` in radians. */
export function lchOf(red: number, green: number, blue: number): Lch {
  const r = light(red)
  const g = light(green)
  const b = light(blue)
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const middle = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short
  const bee = 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short
  return {
    l: 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    // Math.hypot guards against overflow and is ten times slower for it.
    c: Math.sqrt(a * a + bee * bee),
    h: Math.atan2(bee, a),
  }
}

const steps = 4096
const bytes = Uint8Array.from({ length: steps + 1 }, (_, step) => {
  const value = step / steps
  return Math.round(255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055))
})
const toByte = (value: number): number => bytes[value <= 0 ? 0 : value >= 1 ? steps : Math.round(value * steps)] ?? 0

/** OKLCH → sRGB bytes, clipped to what a screen can show. */
export function rgbOf({ l, c, h }: Lch): [red: number, green: number, blue: number] {
  const a = c * Math.cos(h)
  const b = c * Math.sin(h)
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    toByte(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
    toByte(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
    toByte(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short),
  ]
}

export function lchOfHex(hex: string): Lch {
  const value = Number.parseInt(hex.slice(1), 16)
  return lchOf(value >> 16, (value >> 8) & 255, value & 255)
}

export const hexOf = (colour: Lch): string =>
  `#${rgbOf(colour)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')}`
