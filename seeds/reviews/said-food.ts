// What was said of things to eat and drink. A line that begins with ~ comes from somebody less happy.
export const saidOfFood: Record<string, string> = {
  'heather-honey': `So thick that the spoon stands, and it tastes of caramel.
On toast, with salted butter. I have nothing more to say.
The year on the lid is a nice touch; we compare them.
~ A little bitter at the end. That is the heather, my wife tells me.`,
  'green-olives': `Crisp, and they taste of butter and not of vinegar.
We used the brine in the bread, as they suggest. Do it.
~ With stones, so mind your guests.`,
  'amalfi-lemons': `I ate the first one in slices with salt, like in Amalfi.
Still fresh after four weeks in the cellar.
You can grate the whole skin without a thought.
~ Five kilos are a lot of lemons.`,
  'smoked-garlic': `One clove changed a whole pot of beans.
The kitchen smells of a campfire, in the best way.
~ Keep it away from the bread.`,
  'red-beans': `Done in an hour, and creamy all the way through.
I did not know that beans could be fresh.
~ Do boil them hard at first, as it says on the bag.`,
  'roast-chestnuts': `Large, sweet, and they leave their skin willingly.
We roasted them on the balcony, and the whole house came.
~ Two bad ones in a kilo, which is fair.`,
  'roasted-peanuts': `The salt is inside, how clever.
The bag really does make a good bowl for the shells.
~ You cannot stop. Hide the second bag.`,
  'apple-juice': `It tastes of two kinds of apple, and you can tell which.
Cloudy, sharp and not too sweet. The crate lasted nine days.
~ It settles, so you must shake it.`,
  'country-loaf': `Still moist on the fifth day, and then it makes the best toast.
A crust that you can hear.
~ Sliced it dries a little sooner. Take it whole.`,
  'butter-croissants': `Left out overnight, baked at seven, forgiven by eight.
Better than the bakery below us, and I feel bad about that.
~ They need more room on the tray than you would think.`,
  'rustic-baguette': `Ten minutes, and the whole flat smells of it.
A crisp crust and a crumb with some character.
~ Smaller than a baguette in France.`,
  'soft-pretzels': `I am from Stuttgart. They are right.
Fat in the middle and crisp at the arms.
~ I would pack a little more salt.`,
  'mountain-cheese': `It crunches, and then it tastes of pineapple. I know how that sounds.
Give it the hour they ask for, and it is worth every cent.
~ Strong. My children left the table.`,
  'free-range-eggs': `The yolks stand up, and they are the colour of an evening.
Ten eggs by post and not a crack.
~ The sizes do vary, as it says.`,
  'dark-chocolate': `Raisins and red fruit, and nobody added either.
Two squares are enough, and that has never happened to me before.
They print the farm's invoice. I read it. It is real.
~ Too dark for my daughter, just right for me.`,
  'brown-butter-cookies': `Crisp outside, bending inside, and the butter smells of hazelnut.
The tin now holds my sewing things, like all good tins.
~ Salty at the end. You have to like that.`,
  'striped-humbugs': `They last from here to Cork.
Blackcurrant tastes of blackcurrant.
~ They stuck together a little in the summer post.`,
  'fair-lollipop': `It lasted three hundred kilometres.
As large as her face, and she has photographs to prove it.
~ The stick of one was crooked.`,
  'layer-cake': `Thawed overnight and tasted as if it had been made that morning.
Not very sweet, so there were second slices all round.
~ Eight pieces, if your friends are modest.`,
  'birthday-cupcakes': `Her name was on the card, in a lovely hand.
The buttercream is silky and not too sweet.
~ Three days ahead is a pity for people like me.`,
  'traditional-brut': `Brioche and apple, and small bubbles to the end of the glass.
We served it blind against its famous neighbour. It won.
~ A bit dry for my mother.`,
}
