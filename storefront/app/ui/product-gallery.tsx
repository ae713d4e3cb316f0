// A product's pictures: a strip to swipe on a phone, a wall on a wide screen. No script needed; each opens large.
import { type ImageInfo, Picture } from './picture.tsx'

export function ProductGallery({ images, title }: { images: ImageInfo[]; title: string }) {
  if (images.length === 0) return <div className="aspect-square rounded-card bg-sunk" />
  return (
    <section
      aria-label={`Pictures of ${title}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a strip that scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="-mx-4 flex snap-x snap-mandatory gap-3 overflow-x-auto px-4 pb-2 lg:mx-0 lg:grid lg:grid-cols-2 lg:gap-4 lg:content-start lg:overflow-visible lg:px-0 lg:pb-0"
    >
      {images.map((image, index) => (
        <a
          key={image.src}
          href={`${image.src}-1200.webp`}
          className={`relative block shrink-0 snap-center overflow-hidden rounded-card bg-sunk lg:w-auto ${images.length > 1 ? 'w-[86%]' : 'w-full'} ${spans(index, images.length) ? 'lg:col-span-2' : ''}`}
        >
          <Picture
            image={image}
            priority={index === 0}
            sizes={spans(index, images.length) ? '(min-width: 64rem) 44rem, 92vw' : '(min-width: 64rem) 22rem, 86vw'}
            className="aspect-square object-cover"
          />
          <span className="sr-only">Open the large picture</span>
        </a>
      ))}
    </section>
  )
}

/** The first picture is large; so is the last when it would stand alone in its row. */
const spans = (index: number, count: number): boolean => index === 0 || (index === count - 1 && count % 2 === 0)
