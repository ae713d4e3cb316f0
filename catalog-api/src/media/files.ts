// Picture files in the media folder. Only names of the one safe form are opened; nothing outside the folder ever is.
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { notFound } from '../lib/errors.ts'

// No dot, percent sign or backslash can stand in a key, so neither `..` nor an encoded one gets through.
const address = /^\/media\/([a-z0-9][a-z0-9/_-]{0,199})-([1-9]\d{1,3})\.webp$/

/** The bytes of the picture at this undecoded URL path. @throws not_found for everything else */
export async function readMedia(mediaDir: string, urlPath: string): Promise<Uint8Array<ArrayBuffer>> {
  const [, key, width] = address.exec(urlPath) ?? []
  if (!key || !width) throw notFound('The picture')
  try {
    return new Uint8Array(await readFile(fileOf(mediaDir, key, Number(width))))
  } catch (error) {
    if (isAbsent(error)) throw notFound('The picture')
    throw error
  }
}

/** Writes one size of a picture; a reader sees all of it or nothing. */
export async function writeMedia(mediaDir: string, key: string, width: number, bytes: Uint8Array): Promise<void> {
  const file = fileOf(mediaDir, key, width)
  await mkdir(path.dirname(file), { recursive: true })
  const half = `${file}.${randomBytes(6).toString('hex')}.part`
  await writeFile(half, bytes)
  await rename(half, file)
}

function fileOf(mediaDir: string, key: string, width: number): string {
  const root = path.resolve(mediaDir)
  const file = path.join(root, `${key}-${width}.webp`)
  if (!file.startsWith(root + path.sep)) throw notFound('The picture')
  return file
}

const isAbsent = (error: unknown) =>
  error instanceof Error &&
  'code' in error &&
  ['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG'].includes(String(error.code))
