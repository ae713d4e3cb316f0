// Turns what somebody uploaded into our own pictures: decoded and written anew, so that nothing of the original file
// (scripts, metadata, position) is kept. SVG and everything that only claims to be a picture is refused.
import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { DomainError, invalid } from '../lib/errors.ts'
import { imageWidths } from './product-image.ts'

const mostBytes = 5 * 1024 * 1024
const mostPixels = 40_000_000

/** JPEG, PNG and WebP by their first bytes. */
function hasPictureMagic(bytes: Buffer): boolean {
  const starts = (hex: string, at = 0) => bytes.subarray(at, at + hex.length / 2).toString('hex') === hex
  return starts('ffd8ff') || starts('89504e470d0a1a0a') || (starts('52494646') && starts('57454250', 8))
}

export type Encoded = { key: string; width: number; height: number; sizes: { width: number; bytes: Buffer }[] }

/** The picture in all widths with its content's hash as key. @throws payload_too_large, validation_failed */
export async function encodePicture(bytes: Buffer): Promise<Encoded> {
  if (bytes.length > mostBytes) throw new DomainError('payload_too_large', 'A picture may have 5 MB at most.')
  if (!hasPictureMagic(bytes)) throw invalid('file', 'This is no JPEG, PNG or WebP picture.')
  const sizes: Encoded['sizes'] = []
  let largest = { width: 0, height: 0 }
  try {
    for (const width of imageWidths) {
      const made = await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
        .rotate()
        .resize({ width, withoutEnlargement: true })
        .webp({ quality: 82 })
        .toBuffer({ resolveWithObject: true })
      sizes.push({ width, bytes: made.data })
      largest = { width: made.info.width, height: made.info.height }
    }
  } catch (error) {
    if (error instanceof Error && /pixel limit/i.test(error.message))
      throw invalid('file', 'A picture may have 40 megapixels at most.')
    throw invalid('file', 'This picture cannot be read; it may be damaged.')
  }
  const hash = createHash('sha256')
    .update(sizes.at(-1)?.bytes ?? bytes)
    .digest('hex')
  return { key: `p-${hash.slice(0, 32)}`, ...largest, sizes }
}
