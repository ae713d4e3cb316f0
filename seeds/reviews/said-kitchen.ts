// What was said of things in the kitchen and on the table. A line that begins with ~ comes from somebody less happy.
export const saidOfKitchen: Record<string, string> = {
  'everyday-mug': `The handle really does take three fingers, and it never gets too hot to hold.
We started with two and now all the others are at the back of the cupboard.
Tea leaves no ring, even when it is forgotten until the evening.
The glaze varies a little from mug to mug, so everybody in the office knows whose is whose.
~ A touch too wide for the cup holder of our coffee machine.`,
  'stoneware-teapot': `It does not drip. I have tested this on a white tablecloth.
Keeps three mugs warm for as long as the newspaper takes.
The strainer is fine enough for rooibos, which ours never was.
~ The lid lifts off if you pour the very last drop, so keep a finger on it.`,
  'saucer-tea-cup': `The saucer has a proper well, so the cup stays where it is on the way upstairs.
So thin at the rim that even ordinary tea tastes better.
~ Beautiful, but 220 ml is two gulps for a builder like me.`,
  'coffee-keeper': `The last cup from the bag now smells like the first.
You see at a glance when it is time to buy beans.
I bought a second seal to be safe and have not needed it in a year.
~ A 250 g bag of light roast only just fits.`,
  'travel-tumbler': `Still hot when my train gets in, and that train is never on time.
Lies in my bag next to the laptop and has not leaked once.
Comes apart so that you can clean every corner, which no other cup of mine does.
~ The quarter turn is a little stiff in the first weeks.`,
  'mate-gourd-set': `No curing, no mould, and the straw does not clog.
Brought me straight back to Montevideo.
~ Smaller than the gourd I grew up with, so I refill it more often.`,
  'sake-set': `We use the flask for warm milk and the cup for espresso, and both are happy.
Holds its warmth for a whole evening, as promised.
~ The unglazed foot scratches a varnished table, so put something under it.`,
  'supper-plate': `The rim keeps gravy where it belongs, and the stack does not rattle.
Dropped one in the sink from quite a height. The sink has a mark.
The colour makes even a plain omelette look thought about.
~ Too wide for my narrow dishwasher basket. Measure first.`,
  'soup-bowl': `Porridge to the last spoonful without chasing it round the corners.
You can hold it by its foot when it is hot, which is clever.
Straight from freezer to microwave every Monday, and no crack so far.
~ I wish there were a larger one for pasta.`,
  'ramen-bowl': `Finally a bowl that takes a whole portion and the egg.
The two notches for the chopsticks sound like nothing until you use them.
~ It gets hot on the outside too, so mind your fingers.`,
  'steel-cutlery': `A proper weight in the hand; the forks do not bend in cold butter.
The knives cut a tomato after a year in the dishwasher.
We have just added two settings, and they match the ones from before.
~ The spoons are deep, which my children find too big.`,
  'serving-spoon': `Scoops a portion of risotto in one go.
No joint, so nothing gets stuck where the handle begins.
~ Too long for our cutlery drawer. It hangs on the wall now.`,
  'lacquer-chopsticks': `The rings at the tip make all the difference with slippery noodles.
They do not roll off the table, thank you.
~ The lacquer on one pair dulled after the dishwasher, so I wash them by hand now.`,
  'stem-wine-glass': `Thin, light, and it survived my washing up.
We drink red and white from it and have given the other glasses away.
Four dinner parties and still six of six.
~ Taller than our shelf by half a centimetre.`,
  'champagne-flutes': `A thread of bubbles to the very last sip.
Gave a pair to my brother for his wedding; the box is pretty enough to skip the wrapping.
~ Too narrow to dry inside without a brush.`,
  'whisky-tumbler': `Sits in the hand like a pebble, just as it says.
Also the only glass my grandson has not knocked over.
~ Heavy. If you want a light water glass this is not it.`,
  'cast-iron-pot': `Bread, stew, a whole chicken: it has not been off the stove since it came.
The pale inside lets you see when the onions are ready and not a second too late.
The lid is heavy enough to keep everything in. The roast was never this juicy.
~ I need both hands for the large one when it is full.`,
  'carbon-steel-pan': `The very first egg slid. I did not believe it, and then I made another.
Half the weight of my old iron pan and every bit as hot.
I left it in the sink. The leaflet brought it back in ten minutes.
~ The handle does get hot in the oven, as they all do.`,
  'paella-pan': `The first time I got the crust right, and I have been trying for years.
The recipe in the sleeve is the one we cook now.
~ Goes rusty overnight if you forget to oil it. You are warned, and it is true.`,
  'fondue-set': `The flame turns down properly, so the cheese no longer burns at the bottom.
The colours on the forks have settled every quarrel at our table.
Used twice in the first week, once for chocolate.
~ Fuel is not included, and on Christmas Eve you will not find any.`,
  'chefs-knife': `Came sharp enough for paper and stays that way with a few strokes on the steel.
The blade can be sharpened right to the heel, and that is a detail you only see once you own it.
Balanced just where my finger sits.
~ The handle is a little thick for a small hand. Try it in the shop.`,
  'salt-mill': `Five holes for salt is exactly right.
You can see when it is empty before the guests do.
~ The steel shows fingerprints.`,
  'pantry-jar': `They really do stand on each other, three high, without wobbling.
My whole measuring cup fits through the mouth.
Flour, lentils, oats: one shelf, and it looks like a shop.
~ The lid of one was tight at first and needed warm water.`,
  'mixing-bowls': `The straight sides keep the leaves in the bowl and off the floor.
I prove dough in the large one and serve in the small one.
~ Heavier than I expected for a salad.`,
  'waffle-iron': `Five minutes on the camp stove, and the neighbours came over.
It turns in its own hinge, so both sides come out the same.
~ You do need to learn how much batter it takes. The first one was a flood.`,
  'pancake-pan': `The low rim means I can turn a crêpe without tearing it. At last.
Heats evenly to the edge, even on our old induction plate.
~ The ceramic is going after two years of daily use, which is fair.`,
  'kitchen-timer': `No battery, no menu. You turn it and it rings.
The magnet holds it on the oven hood, where I can see it.
~ It ticks. I like that, my husband does not.`,
}
