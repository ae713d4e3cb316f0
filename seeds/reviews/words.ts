// What customers say of anything, and of one kind of thing. `{colour}` and `{brand}` become the product's own.
// A sentence that names a colour is only said of things that come in colours.

export type Words = { good: string[]; mixed: string[]; bad: string[] }

/** Said of anything. */
export const general: Words = {
  good: [
    'Exactly as pictured, which is rarer than it should be.',
    'I bought one as a present and went back for my own.',
    'Simple, well made, no fuss.',
    'It arrived in cardboard and paper, not a single bag of air.',
    'The {colour} is softer than on my screen, and better for it.',
    'My sister asked where it was from within five minutes.',
    'I was unsure about the price. I am not any more.',
    'You can tell that somebody thought about the details.',
    'Ordered on Tuesday evening, here on Thursday morning.',
    'The description told me everything I needed to know, so there were no surprises.',
  ],
  mixed: [
    'Good, but the box was larger than it needed to be.',
    'Took a day longer than promised, otherwise all fine.',
    'I like it, I just do not love it yet.',
    'The {colour} is a shade darker than I expected. Still keeping it.',
    'Nice, though I would wait for a sale.',
    'Fine for what it is.',
  ],
  bad: [
    'Not for me, and sending it back cost me a trip to the post office.',
    'I expected more for this price.',
    'It is all right, but I would not buy it again.',
  ],
}

/** Said of anything that is neither eaten nor watered. */
export const lasting: Words = {
  good: [
    'It replaced one I had for ten years, and I do not miss the old one.',
    'We have had it for three months now and it looks the way it did on the first day.',
    'I picked it up in the shop, and they let me try it first. Lovely people.',
    'My second thing from {brand}; the first one is still going strong.',
    'The {colour} goes with everything else we have.',
    'Does one thing and does it properly.',
  ],
  mixed: [
    'It needed a good clean before first use.',
    'A little smaller than I had in my head, so do read the measurements.',
  ],
  bad: ['Mine came with a scratch. The exchange was quick, but it should not have left the warehouse.'],
}

const words = (good: string[], mixed: string[], bad: string[]): Words => ({ good, mixed, bad })

const kitchen = words(
  [
    'Used every single day since it came.',
    'You notice the difference on the first evening.',
    'Old-fashioned in the best sense.',
    'Guests notice it. Nobody ever noticed our old ones.',
    'My mother has hinted about her birthday ever since.',
  ],
  ['Nice, but it does show fingerprints.', 'I wish I had taken the larger set at once.'],
  ['It arrived with a mark that did not come off.', 'It lasted a year. I had hoped for more.'],
)
const home = words(
  [
    'Sturdy, quiet, and no smell of new plastic.',
    'The finish is far better than the price suggests.',
    'It has survived two toddlers and a cat so far.',
    'I look at it every morning and it still pleases me.',
    'Looks as if it had always been there.',
  ],
  ['The instructions could be better.', 'Pretty, but it needs dusting more often than I do it.'],
  ['One edge was dented on arrival.', 'The finish rubbed off in one place after a few weeks.'],
)
const growing = words(
  [
    'Arrived in good order, packed by somebody who cares.',
    'Bigger and livelier than I expected.',
    'The advice in the box is short and honest.',
    'My balcony has never looked like this.',
    'Even my neighbour asked, and he is a gardener.',
  ],
  ['A bit smaller than in the picture.', 'Took a week or two to settle in.'],
  [
    'It had suffered on the way. I was refunded the same day, but still.',
    'It did not last the season, and I did everything as told.',
  ],
)
const care = words(
  [
    'There is so little in it, and that is why I like it.',
    'Lasts much longer than the size suggests.',
    'The whole bathroom smells better.',
    'Everybody in the house has started to use it.',
    'Plain packaging, good contents.',
  ],
  ['Good, though a bit dear for every day.', 'I would like a refill to be sold in the shop, too.'],
  ['It did not agree with me, which may just be me.', 'It arrived open and had to be exchanged.'],
)
const animals = words(
  [
    'Survived our terrier for six weeks, which is a house record.',
    'Ignored for a day and adored ever since.',
    'Carried proudly round the garden every morning.',
    'Quiet on the floor at five in the morning. I am grateful.',
    'Washed twice and as good as new.',
  ],
  ['Amusing for a week, then it joined the others under the sofa.', 'Well made, but I should have measured our dog.'],
  ['Taken apart in ten minutes by a very determined puppy.', 'Our cat looked at it, then at me, and left.'],
)
const outdoors = words(
  [
    'A week of rain in Connemara, and not a complaint.',
    'It feels like something my grandfather would have owned.',
    'Used every weekend since March and still as new.',
    'Works with gloves on. Somebody tested that.',
    'The first one I have owned that needs no apology.',
  ],
  ['Needed a drop of oil out of the box.', 'Fine in summer, I have yet to see what winter does.'],
  ['It gave up on the second trip; the exchange was quick.', 'Heavier than stated, on my own scales.'],
)
const sport = words(
  [
    'The children have not been indoors since it came.',
    'Good enough for our Tuesday league, and we are picky.',
    'My game is not better, but it feels better.',
    'Dropped, lent out and left in the rain, and it does not care.',
  ],
  ['Fine for the park, not for a tournament.', 'Took a few evenings to get used to.'],
  ['It lost its shape within a month.', 'Worn sooner than I hoped.'],
)
const clothes = words(
  [
    'True to size, and it feels better than it looks, which is saying something.',
    'Washed eight times and it has kept its shape.',
    'The {colour} looks good with everything I own.',
    'I now own it in two colours, which I never do.',
    'The seams are clean inside as well. You do not see that often.',
    'Soft from the first day.',
  ],
  [
    'Runs a little large; I changed it for a size down and am happy now.',
    'Wash it by itself the first time. Ask me how I know.',
  ],
  ['Not the right cut for me.', 'The {colour} does not suit me at all, my own fault for guessing.'],
)
const shoes = words(
  [
    'No blisters, not even on the first day.',
    'Twelve kilometres in them, and I forgot that I was wearing them.',
    'True to size, with room for a thick sock.',
    'People keep asking about them.',
  ],
  ['Stiff for a week, then perfect.', 'Half a size too long for me, an insole fixed it.'],
  ['Too narrow for my feet, sadly.', 'The heel had worn down sooner than it should.'],
)
const carrying = words(
  [
    'Rained on twice, and what was inside stayed dry.',
    'The zip runs like it is on rails.',
    'Holds more than it looks, and still does not sag.',
    'Goes from the office to the weekend without looking odd in either.',
  ],
  ['Handsome, but I would have liked one more pocket.', 'The lining is a bit thin for keys.'],
  ['Something caught after a month; they mended it for nothing, but still.', 'Smaller inside than I had in my head.'],
)
const wearing = words(
  [
    'I get a compliment every time I wear it.',
    'It sits well and stays where it is.',
    'Feels like it cost twice as much.',
    'My father borrowed it, and I have not seen it since.',
  ],
  ['The {colour} is brighter in daylight.', 'A little large for me, fine for my brother.'],
  ['It marked after a week of wear.', 'Not as sturdy as I hoped.'],
)
const reading = words(
  [
    'I have lent it out twice already.',
    'Printed on proper paper, and it stays open by itself.',
    'Funny where I did not expect it and wise where I did.',
    'The kind of book you leave on the table so that guests pick it up.',
    'Well made as an object, too: sewn, not glued.',
  ],
  ['Strong start, the last third drags a little.', 'Good, but the type is small for my eyes.'],
  ['Not what the blurb promised.', 'The corner was bent on arrival, which hurts with a book.'],
)
const writing = words(
  [
    'My desk has never looked so grown up.',
    'A small daily pleasure for the price of two coffees.',
    'I am on my third, and see no reason to change.',
    'Bought one for the office and one for home.',
  ],
  ['Slightly larger than I thought, so it lives at home.', 'Good, but I would like more colours.'],
  ['It arrived bent.', 'Used up faster than I expected.'],
)
const playing = words(
  [
    'No batteries, no noise, an hour of quiet. Thank you.',
    'Bought for the children, borrowed nightly by the adults.',
    'A hit on a rainy Sunday with three generations in the room.',
    'Nicely finished, right down to the edges.',
    'Survived the stairs, twice.',
  ],
  ['Lovely, but the age on the box is optimistic.', 'A bit fiddly for small hands.'],
  ['A part was missing. It came by post a week later.', 'Interesting for an afternoon, then it lived under the bed.'],
)
const music = words(
  [
    'A warm sound, bigger than it looks.',
    'My daughter went from renting to this and practises twice as much.',
    'Set up by somebody who plays, you can tell.',
    'Stays in tune, even in our damp front room.',
  ],
  ['A fine instrument to begin with; do not expect a concert hall.', 'The bag is thin, the instrument is not.'],
  ['It needed a visit to the repairer before it could be played.', 'Louder than my neighbours would like.'],
)
const technical = words(
  [
    'Working two minutes after it came out of the box. No account, no app.',
    'I like that you can open it with an ordinary screwdriver.',
    'Solid, with a bit of resistance where you want it.',
    'Replaced something twice the price, and I cannot tell the difference.',
  ],
  ['Does what it should; the manual is a leaflet.', 'Good, but I would have liked a longer cable.'],
  ['Stopped after five weeks; the exchange went smoothly.', 'Not quite as precise as I need it.'],
)
const food = words(
  [
    'Gone in a weekend. We have ordered three more.',
    'A short list of ingredients, and you taste every one of them.',
    'I hide it from the rest of the family.',
    'Well packed for the journey, and fresh.',
    'It made a dull Wednesday feel like an occasion.',
  ],
  ['Very good, but a small pack for the price.', 'A matter of taste; my wife finished it.'],
  ['It had leaked on the way and everything was sticky.', 'Nothing wrong with it, I simply prefer another one.'],
)

/** Categories of things that are used up or grow. */
export const shortLived = ['plants', 'garden', 'bath-body', 'pantry', 'bakery-cheese', 'sweets']

/** Said of anything in a category, by its slug. */
export const byCategory: Record<string, Words> = {
  'coffee-tea': kitchen,
  tableware: kitchen,
  cookware: kitchen,
  lighting: home,
  'furniture-textiles': home,
  storage: home,
  plants: growing,
  'bath-body': care,
  pets: animals,
  camping: outdoors,
  garden: growing,
  cycling: outdoors,
  sport,
  'tops-coats': clothes,
  knitwear: clothes,
  shoes,
  bags: carrying,
  accessories: wearing,
  books: reading,
  stationery: writing,
  toys: playing,
  games: playing,
  instruments: music,
  audio: technical,
  'desk-tech': technical,
  pantry: food,
  'bakery-cheese': food,
  sweets: food,
}

/** Headings by stars. */
export const titles: Record<number, string[]> = {
  5: [
    'Could not be happier',
    'A keeper',
    'Better than expected',
    'Lovely',
    'Worth every cent',
    'Just right',
    'Bought it twice',
    'Beautifully made',
    'Exactly what I wanted',
    'My new favourite',
    'Highly recommended',
    'A small joy',
    'Perfect present',
    'Ten out of ten',
    'So well thought out',
  ],
  4: [
    'Very good',
    'Nearly perfect',
    'Happy with it',
    'Good value',
    'Would buy again',
    'Does the job well',
    'Nice quality',
    'Pleased',
    'Good, one small thing',
    'Solid',
    'As described',
  ],
  3: ['All right', 'Good in parts', 'Decent', 'Mixed feelings', 'Fine, not more', 'Nice idea', 'In between'],
  2: ['Not quite', 'Hoped for more', 'A bit disappointed', 'Had to exchange it', 'Not for us'],
  1: ['Sent it back', 'Disappointed', 'Sorry, no'],
}

export const authors =
  'Aoife K.|Ben T.|Carla M.|Dieter W.|Elena P.|Finn O.|Greta S.|Hugo L.|Imke V.|João F.|Katrin B.|Luca R.|Maeve D.|Niels H.|Olga Z.|Pieter J.|Róisín C.|Sven E.|Teresa G.|Ulla N.|Vincent A.|Wiebke H.|Yusuf D.|Zuzana K.|Anders L.|Bríd M.|Claire D.|Dario C.|Emma W.|Fergus B.|Giulia N.|Henrik S.|Isabel R.|Jakub P.|Kirsten A.|Lars M.|Marta O.|Nora F.|Oscar V.|Paula T.|Rachel H.|Stefan G.|Tove I.|Valentin Q.|Wanda J.|Agnes R.|Bas K.|Cormac N.|Dagmar F.|Eoin S.|Frida B.|Gerard T.|Helen O.|Inês C.|Jonas D.|Karel V.|Leonie Z.|Mikkel J.|Nuala G.|Orla P.|Philippe B.|Ruth E.|Sanne W.|Tomás M.|Ute H.|Veerle D.|Will A.|Xavier L.|Ylva N.|Zoë C.'.split(
    '|',
  )
