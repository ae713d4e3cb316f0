// A product's picture: sizes to choose from, room kept before it loads, lazy unless it is the first thing seen.
export type ImageInfo = { src: string; alt: string; width: number; height: number; widths?: number[] }

type PictureProps = { image: ImageInfo | null; sizes: string; priority?: boolean; className?: string; alt?: string }

export function Picture({ image, sizes, priority = false, className = '', alt }: PictureProps) {
  if (!image) return <div className={`aspect-square bg-sunk ${className}`} aria-hidden="true" />
  const widths = image.widths ?? [320, 640, 1200]
  return (
    <img
      src={`${image.src}-640.webp`}
      srcSet={widths.map((width) => `${image.src}-${width}.webp ${width}w`).join(', ')}
      sizes={sizes}
      alt={alt ?? image.alt}
      width={image.width}
      height={image.height}
      loading={priority ? 'eager' : 'lazy'}
      decoding="async"
      {...(priority && { fetchpriority: 'high' })}
      // As wide as its place, unless `className` says a size.
      className={`[:where(&)]:w-full ${className}`}
    />
  )
}
