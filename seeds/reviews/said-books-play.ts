// What was said of books, paper, toys and games. A line that begins with ~ comes from somebody less happy.
export const saidOfBooksPlay: Record<string, string> = {
  'book-bread': `The half-hour pan bread is now our Tuesday.
Tested in an ordinary oven, and you notice: mine came out like the photograph.
The table that fits any recipe to your tin is worth the price alone.
~ More rye than I can get my children to eat.`,
  'book-garden-year': `One page a week is just the amount I can manage.
It tells you why, not only what. I have stopped pruning in the wrong month.
~ Written for the middle of Europe; here in the west we are two weeks ahead.`,
  'book-night-ferry': `I missed my stop. Twice.
By morning you understand what you have been reading all night.
Nine voices, and you would know each of them in the dark.
~ I guessed about the suitcase halfway through.`,
  'book-small-repairs': `Fixed the tap on page twelve and the drawer on page forty.
It says plainly when to call somebody, and it saved me from the wiring.
~ I would have liked a chapter about bicycles.`,
  'boxed-classics': `They disagree with each other, and that makes it such fun.
Read the city one on the tram and got off early to walk.
~ The forest one takes its time. So do forests, I suppose.`,
  'picture-book-atlas': `We have found the beetle on every page but two. Do not tell us.
Thick paper that forgives small, sticky hands.
~ Too large for our bookshelf; it lives under the bed.`,
  'linen-notebook': `My wettest fountain pen, and nothing comes through.
Flat on the first page already.
Numbered pages and a table of contents. I can find things again.
~ The pocket at the back tore a little at the corner.`,
  'composition-book': `I am left-handed, and the margin is on my side for once.
Smells like the first day of school.
~ Only eighty pages, so I got through one in a month.`,
  'spiral-planner': `I started in March, took August off, and wasted nothing.
Folds all the way round, so it fits on a train table.
~ I would swap the stickers for a pen loop.`,
  'fountain-pen': `Starts on the first stroke after a fortnight in a drawer.
Forty pages to a filling, I counted thirty-eight.
The cap posts and does not make it top-heavy.
~ The broad nib is very broad.`,
  'ballpoint-pen': `Silent in meetings and it does not roll off the desk.
Keys in the same pocket for a year, and not a scratch.
~ The clip is stiff on thick cloth.`,
  'wax-crayons': `She took a bite. Nothing happened. Thank you.
They draw on the window and come off with a cloth.
~ Thick as a thumb means they do not fit a pencil case.`,
  'watercolour-palette': `A pan wakes up at the first touch of water.
I thought twelve would not be enough. They mix to anything.
~ The brush is a good one, but you will want a second.`,
  'paper-scissors': `They cut right to the last centimetre.
Left hand or right hand, no difference at all.
~ The point is sharp, so keep them off the children's table.`,
  'letter-set': `My aunt wrote back on the same day, and asked where the paper was from.
You see the fine lines against the light. Beautiful.
~ With the broad nib it needs a moment to dry.`,
  'teddy-bear': `My four-year-old will not sleep without Bruno.
He has been through the wash in a pillow case and through a puddle, and he is fine.
An arm came loose after two years; they mended it and sent him back with a plaster.
~ Firmer than other bears at first. Hugging helps.`,
  'wooden-train': `Couples to all our old wagons, whichever way round.
It has been chewed daily for six months and still looks new.
~ A little tall for one of our tunnels.`,
  'nesting-doll': `The smallest one has a face! She carries it in her pocket.
They open easily even in winter.
~ A drop of wax helped with the second largest.`,
  'diamond-kite': `Up at the first try, in hardly any wind.
My five-year-old held it alone for half an hour.
~ The tail tangles if you pack it in a hurry.`,
  'pull-tractor': `The front wheels really steer, and there are no marks on the floor.
A hedgehog from the nesting toys has taken the seat.
~ The trailer is sold separately and was soon demanded.`,
  'racing-car': `Four metres from a short pull, then under the sofa, exactly as described.
Heavy and smooth, like the ones I had.
~ Loud on floorboards.`,
  'wooden-yoyo': `Sleeps for half a minute. I can walk the dog again at 46.
Three spare strings, and we have needed two.
~ It takes an evening to find the right gap.`,
  'carousel-horse': `Everybody who comes in winds it up.
The waltz is played properly, not tinkled.
~ Not a toy for small hands, as it rightly says.`,
  'jigsaw-meadow': `I know forty-one flowers now.
The pieces click, so you are never in doubt.
A piece was missing. I wrote, and it came in a letter.
~ The greens in the lower left are cruel.`,
  'chess-set': `Weighted just right, they stand where you put them.
Our club has bought six.
~ The board needs a day under books to lie flat.`,
  'dice-set': `The leather cup is quiet enough for the train.
Nine games on one leaflet, and we have played seven.
~ The sharp edges mean they stop quickly. I like a longer roll.`,
  'playing-cards': `They shuffle like new after a winter of rummy.
The two jokers hang in our hall now.
~ Slippery in the first hour.`,
  'mahjong-set': `They clack as they should.
The small numerals meant that we could play on the first evening.
~ The box is heavy, so it stays at our house.`,
  'dart-board': `Hardly any bounces, and the holes close by themselves.
Bracket and screws in the box, up in ten minutes.
~ The darts at 22 g are a bit light for me.`,
  'party-pinata': `Fifteen six-year-olds and it held until the very last.
No staples, straight into the paper bin afterwards.
~ You do need a good strong branch.`,
  'hallway-bowling': `The skirting boards are unharmed, and so are the neighbours.
Played in the office corridor until the boss joined in.
~ The pins fall over when somebody slams a door.`,
}
