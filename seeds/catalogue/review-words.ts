// What customers say, by kind of thing. `{thing}` is the product's name, `{colour}` and `{brand}` its own.
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
    'We have had it for three months now and it looks the way it did on the first day.',
    'My second thing from {brand}; the first one is still going strong.',
    'My sister asked where it was from within five minutes.',
    'I was unsure about the price. I am not any more.',
    'You can tell that somebody thought about the details.',
    'Ordered on Tuesday evening, here on Thursday morning.',
    'I picked it up in the shop, and they let me try it first. Lovely people.',
    'The description told me everything I needed to know, so there were no surprises.',
    'It replaced one I had for ten years, and I do not miss the old one.',
    'The {colour} goes with everything else we have.',
    'Does one thing and does it properly.',
  ],
  mixed: [
    'Good, but the box was larger than it needed to be.',
    'Took a day longer than promised, otherwise all fine.',
    'I like it, I just do not love it yet.',
    'The {colour} is a shade darker than I expected. Still keeping it.',
    'A little smaller than I had in my head, so do read the measurements.',
    'Nice, though I would wait for a sale.',
    'It needed a good clean before first use.',
    'Fine for what it is.',
  ],
  bad: [
    'Mine came with a scratch. The exchange was quick, but it should not have left the warehouse.',
    'Not for me, and sending it back cost me a trip to the post office.',
    'I expected more for this price.',
    'It is all right, but I would not buy it again.',
  ],
}

const words = (good: string[], mixed: string[], bad: string[]): Words => ({ good, mixed, bad })

/** Said of one kind of thing only. */
export const byKind = {
  cooking: words(
    [
      'Heats evenly right out to the edge; the first pancake was already a good one.',
      'Heavy enough to stay put, light enough to lift with one hand.',
      'After a week of daily use it wipes clean with hot water and a cloth.',
      'My mother tried it once and has hinted about her birthday ever since.',
      'The handle stays cool, and that alone was worth it.',
      'I cook for five most days and it has not slowed me down once.',
    ],
    [
      'Read the care notes first. I did not, and had to start over.',
      'Works well, but it takes up more of the cupboard than I planned.',
      'Not as quick to clean as I hoped.',
    ],
    [
      'Food stuck from the second week on, and I did follow the instructions.',
      'Too heavy for my wrists; I gave it to my son.',
    ],
  ),
  table: words(
    [
      'Feels good in the hand and even better with something warm in it.',
      'Six months in the dishwasher and not a mark on it.',
      'They stack without wobbling, so four fit where two used to.',
      'Guests notice it. Nobody ever noticed our old ones.',
      'The glaze is a little different on each one, and that is why I like them.',
      'Just the right size for how we really eat.',
    ],
    [
      'One of them sits a hair crooked. You have to look for it.',
      'Lovely, but it does show fingerprints.',
      'I wish it came in sets of two.',
    ],
    ['It chipped in the first fortnight, on a wooden table.', 'Thinner than it looks in the picture.'],
  ),
  home: words(
    [
      'Changed the whole corner of the room.',
      'Assembled in twenty minutes with the tool that comes with it.',
      'Sturdy, quiet, and no smell of new plastic.',
      'We moved it from room to room and it looked right in every one.',
      'The finish is far better than the price suggests.',
      'It has survived two toddlers and a cat so far.',
      'I look at it every morning and it still pleases me.',
    ],
    [
      'The screws are fine, the instructions less so.',
      'A bit lower than I expected, do measure first.',
      'Pretty, but it needs dusting more often than I do it.',
    ],
    ['One corner was dented on arrival.', 'It wobbles on our old floorboards, whatever I put under it.'],
  ),
  plants: words(
    [
      'Arrived upright, damp and without a broken leaf.',
      'New leaves within three weeks, on a north-facing sill.',
      'The care card is short and honest. It has survived me, which says a lot.',
      'Bigger and bushier than I expected.',
      'It smells wonderful when the window is open.',
      'Came up exactly when the packet said it would.',
    ],
    [
      'Dropped a few leaves in the first week, then settled.',
      'Healthy, though smaller than in the picture.',
      'About two thirds came up, which is fair enough.',
    ],
    [
      'Cold got to it on the way. I was refunded the same day, but I wanted the plant.',
      'Gone by Christmas, and I did everything on the card.',
    ],
  ),
  clothes: words(
    [
      'True to size; I am 1.74 m and the medium fits like it was cut for me.',
      'Washed eight times and it has kept its shape and colour.',
      'The fabric is heavier than I expected, in a good way.',
      'Soft from the first day, no scratching at the neck.',
      'I now own it in two colours, which I never do.',
      'The {colour} looks good with everything I own.',
      'The seams are clean inside as well. You do not see that often.',
      'I wear it to work and then forget to change.',
    ],
    [
      'Runs a little large; I changed it for a size down and am happy now.',
      'Creases when you look at it, but I like it anyway.',
      'Wash it by itself the first time. Ask me how I know.',
    ],
    ['Shrank by a size at thirty degrees.', 'The cut is not for broad shoulders.'],
  ),
  shoes: words(
    [
      'No blisters, not even on the first day.',
      'Walked twelve kilometres in them and forgot that I was wearing them.',
      'True to size, with room for a thick sock.',
      'The sole grips on wet cobbles, which matters here.',
      'People keep asking about them.',
    ],
    ['Stiff for a week, then perfect.', 'Half a size too long for me, an insole fixed it.'],
    ['Too narrow for my feet, sadly.', 'The heel had worn down after two months.'],
  ),
  carry: words(
    [
      'Everything has its place, and it closes with one hand.',
      'Rained on twice, and what was inside stayed dry.',
      'It fits under the seat on every airline I have tried.',
      'The zip runs like it is on rails.',
      'Goes from the office to the weekend without looking odd in either.',
      'Holds more than it looks, and still does not sag.',
    ],
    ['Handsome, but the strap could be longer.', 'The lining is a bit thin for keys.'],
    ['The zip caught after a month.', 'Smaller inside than I was led to believe.'],
  ),
  outdoor: words(
    [
      'Four nights of rain in Connemara, and not a complaint.',
      'Light enough that I actually take it along.',
      'Up and running in five minutes, alone, in the wind.',
      'It feels like something my grandfather would have owned.',
      'Used every weekend since March and still as new.',
      'Works with gloves on. Somebody tested that.',
    ],
    [
      'Good, but the carrying bag is too tight to ever fit it again.',
      'It needs a drop of oil out of the box.',
      'Fine in summer, I would not trust it in January.',
    ],
    ['A seam went on the second trip.', 'Heavier than stated on my own scales.'],
  ),
  sport: words(
    [
      'Good grip, true bounce, and it has kept its air for weeks.',
      'The children have not been indoors since it came.',
      'Good enough for our Tuesday league, and we are picky.',
      'Nicely balanced; my game is not better, but it feels better.',
      'Thrown, dropped and left in the rain, and it does not care.',
    ],
    ['Fine for the park, not for a tournament.', 'The pump is not included, I had missed that.'],
    ['Lost its shape within a month.', 'The grip came loose after three matches.'],
  ),
  play: words(
    [
      'My four-year-old sleeps with it. I think that is five stars.',
      'No batteries, no noise, an hour of quiet. Thank you.',
      'Survived the stairs, twice.',
      'Solid wood, smooth edges, and paint that stays on.',
      'A hit on a rainy Sunday with three generations at the table.',
      'Rules explained in five minutes, and then we played until midnight.',
      'Bought for the children, borrowed nightly by the adults.',
    ],
    ['Lovely, but the age on the box is optimistic.', 'Small parts, so keep it away from the baby.'],
    ['A part was missing. It came by post a week later.', 'Interesting for an afternoon, then it lived under the bed.'],
  ),
  reading: words(
    [
      'Read in two sittings, and I have lent it out twice already.',
      'Printed on proper paper, and it stays open by itself.',
      'Funny where I did not expect it and wise where I did.',
      'I bought it for the pictures and stayed for the words.',
      'The kind of book you leave on the table so that guests pick it up.',
      'Well made as an object, too: sewn, not glued.',
    ],
    ['Strong start, the last third drags a little.', 'Good, but the type is small for my eyes.'],
    ['Not what the blurb promised.', 'The corner was bent on arrival, which hurts with a book.'],
  ),
  paper: words(
    [
      'Takes fountain pen ink without bleeding.',
      'It writes on the first stroke, even after a week in the bag.',
      'My desk has never looked so grown up.',
      'Lies flat, which is all I ask.',
      'A small daily pleasure for the price of two coffees.',
      'I am on my third, and there is no reason to change.',
    ],
    [
      'Good paper, but I would like narrower lines.',
      'Slightly larger than the old version and no longer fits my case.',
    ],
    ['It leaked in my bag.', 'The cover came loose after a month.'],
  ),
  craft: words(
    [
      'The colours mix cleanly and stay bright when dry.',
      'Did not split, did not knot, and knitted up beautifully.',
      'Finally a good one at a price that lets me use it freely.',
      'My students fight over it.',
      'A whole winter of evenings in one box.',
    ],
    [
      'Lovely to work with, though one batch was a touch lighter than the other.',
      'Good, but I would like more of the dark shades.',
    ],
    ['Tangled on arrival and it stayed that way.', 'The tip bent in the first week.'],
  ),
  music: words(
    [
      'In tune out of the box and it stays there.',
      'A warm sound, much bigger than the instrument.',
      'My daughter went from renting to this and practises twice as much.',
      'The case alone would have cost me half.',
      'Plays easily; my fingers were not sore after an hour.',
      'Set up properly by somebody who plays, you can tell.',
    ],
    [
      'Change the strings or pads and it is twice as good.',
      'A fine beginner’s instrument; do not expect a concert hall.',
    ],
    ['It needed a visit to the repairer before it could be played.', 'Louder than my neighbours would like.'],
  ),
  food: words(
    [
      'Gone in a weekend. We have ordered three more.',
      'Tastes like the one we had on holiday, and I did not think that could travel.',
      'Short list of ingredients and you taste every one of them.',
      'Not too sweet, for once.',
      'I hide it from the rest of the family.',
      'Generous portion, and well packed for the journey.',
      'It made a dull Wednesday dinner feel like an occasion.',
    ],
    ['Very good, but a small pack for the price.', 'A little salty for us. In a recipe it is perfect.'],
    [
      'The lid had come loose on the way and everything was sticky.',
      'Nothing wrong with it, I simply prefer another one.',
    ],
  ),
  care: words(
    [
      'My skin has calmed down since I changed to it.',
      'A faint, clean scent that is gone by the time you leave the house.',
      'Lasts much longer than the size suggests.',
      'I like that there is so little in it.',
      'Feels lovely, rinses off clean.',
      'The whole bathroom smells better.',
    ],
    ['Good, but I would rather have it without scent.', 'The pump takes a few goes to start.'],
    [
      'It did not agree with my skin, which may just be me.',
      'The {colour} does not suit me at all, my own fault for guessing.',
    ],
  ),
  pets: words(
    [
      'Survived our terrier for six weeks, which is a house record.',
      'The cat ignored it for a day and has not let go of it since.',
      'Washed twice and as good as new.',
      'Carried proudly round the garden every morning.',
      'Quiet on the floor at five in the morning. I am grateful.',
    ],
    [
      'Well made, but our dog is larger than the "large".',
      'Amusing for a week, then it joined the others under the sofa.',
    ],
    ['Taken apart in ten minutes by a very determined puppy.', 'Our cat looked at it, then at me, and left.'],
  ),
  tech: words(
    [
      'Working two minutes after it came out of the box. No account, no app.',
      'The sound is clear without being sharp.',
      'The battery really does last as long as they say.',
      'I like that you can open it with an ordinary screwdriver.',
      'Solid keys and knobs that turn with a bit of resistance. Very satisfying.',
      'Replaced something twice the price and I cannot tell the difference.',
      'The cable is long enough. How often can one say that?',
    ],
    ['Does what it should; the manual is a leaflet.', 'Good, but the light on the front is too bright at night.'],
    ['Stopped after five weeks; the exchange went smoothly.', 'Loses its connection in the next room.'],
  ),
} satisfies Record<string, Words>
export type Kind = keyof typeof byKind

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
