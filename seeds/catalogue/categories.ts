// The tree of departments, in the order of the shop's menu.
import type { CategoryRecord } from './record.ts'

const leaf = (slug: string, name: string, picture: string, description: string): CategoryRecord => ({
  slug,
  name,
  picture,
  description,
})

export const categoryRecords: CategoryRecord[] = [
  {
    ...leaf(
      'kitchen-table',
      'Kitchen & table',
      'everyday-mug',
      'Pots that last, mugs with a good handle and the small tools you reach for every day.',
    ),
    children: [
      leaf(
        'coffee-tea',
        'Coffee & tea',
        'stoneware-teapot',
        'Mugs, pots and jars for the first and the last cup of the day.',
      ),
      leaf('tableware', 'Tableware', 'soup-bowl', 'Plates, glasses and cutlery for a Tuesday as much as for a feast.'),
      leaf(
        'cookware',
        'Cookware',
        'fondue-set',
        'Pans, knives and jars made for real cooking, with spare parts where parts wear out.',
      ),
    ],
  },
  {
    ...leaf('home', 'Home', 'reading-sofa', 'Light, warmth and order: what turns rooms into places to stay in.'),
    children: [
      leaf(
        'lighting',
        'Lighting',
        'paper-lantern',
        'Lamps, lanterns and candles, and bulbs that are kind to the eyes.',
      ),
      leaf(
        'furniture-textiles',
        'Furniture & textiles',
        'oak-chair',
        'Seats, beds and the soft things that lie on them.',
      ),
      leaf(
        'storage',
        'Storage & care',
        'willow-basket',
        'Baskets, bins and brushes: a place for everything, and the means to keep it clean.',
      ),
      leaf(
        'plants',
        'Plants & vases',
        'rubber-plant',
        'Living green that forgives a missed watering, and vessels for what you cut.',
      ),
      leaf(
        'bath-body',
        'Bath & body',
        'oat-soap',
        'Soap, brushes and scents without anything you would have to look up.',
      ),
      leaf('pets', 'Pets', 'rope-bone', 'For those who live with us and pay no rent.'),
    ],
  },
  {
    ...leaf(
      'outdoor',
      'Outdoor',
      'two-person-tent',
      'For the garden, the hill and the way to work, in most kinds of weather.',
    ),
    children: [
      leaf(
        'camping',
        'Camping & hiking',
        'field-compass',
        'Tents, torches and tools that you can trust a long way from the car.',
      ),
      leaf('garden', 'Garden', 'sunflower-seeds', 'Seeds, tools and shade for a balcony or an acre.'),
      leaf('cycling', 'Cycling & wheels', 'city-bicycle', 'Bicycles, boards and scooters, each built to be repaired.'),
      leaf('sport', 'Sport', 'match-football', 'Balls, bats and bags for a park near you.'),
    ],
  },
  {
    ...leaf(
      'clothing',
      'Clothing',
      'heavy-tee',
      'Plain, well-cut clothes from named mills, in sizes that stay the same.',
    ),
    children: [
      leaf('tops-coats', 'Tops & coats', 'work-jacket', 'Shirts, dresses and jackets to wear more than a season.'),
      leaf('knitwear', 'Knitwear', 'lambswool-scarf', 'Scarves, gloves and socks from wool we can trace to the farm.'),
      leaf('shoes', 'Shoes', 'trail-boots', 'Shoes that can be resoled, and sandals that need not be.'),
      leaf('bags', 'Bags', 'day-backpack', 'Backpacks, cases and purses with zips that can be replaced.'),
      leaf(
        'accessories',
        'Hats & accessories',
        'straw-hat',
        'The last thing you put on: hats, glasses, watches, umbrellas.',
      ),
    ],
  },
  {
    ...leaf('books-play', 'Books & play', 'teddy-bear', 'Stories, paper and games for long evenings and short people.'),
    children: [
      leaf('books', 'Books', 'book-bread', 'Our own small press: cooking, making, walking and a few good stories.'),
      leaf('stationery', 'Stationery', 'linen-notebook', 'Paper that takes ink and pens that keep their word.'),
      leaf('toys', 'Toys', 'wooden-train', 'Toys that need no battery and survive being loved.'),
      leaf('games', 'Games & puzzles', 'jigsaw-meadow', 'For two, for six, or for one and a rainy Sunday.'),
    ],
  },
  {
    ...leaf(
      'music-tech',
      'Music & tech',
      'studio-headphones',
      'Things with strings, keys, lenses and plugs, chosen because they can be mended.',
    ),
    children: [
      leaf(
        'instruments',
        'Instruments',
        'student-violin',
        'First instruments that stay in tune, set up by hand before they leave us.',
      ),
      leaf('audio', 'Audio & photo', 'kitchen-radio', 'To hear and to keep: radios, headphones, cameras.'),
      leaf(
        'desk-tech',
        'Desk & workshop',
        'tool-box',
        'Keyboards, clocks and tools for the table where things get made.',
      ),
    ],
  },
  {
    ...leaf('food-drink', 'Food & drink', 'heather-honey', 'From small makers we visit, sent while it is fresh.'),
    children: [
      leaf('pantry', 'Pantry', 'green-olives', 'Oils, beans and spices that make a plain supper a good one.'),
      leaf(
        'bakery-cheese',
        'Bakery & cheese',
        'country-loaf',
        'Bread that keeps for days and cheese that does not last as long.',
      ),
      leaf(
        'sweets',
        'Sweet things',
        'dark-chocolate',
        'Chocolate, biscuits and sweets with a short list of ingredients.',
      ),
    ],
  },
]
