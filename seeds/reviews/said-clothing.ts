// What was said of things to wear and to carry. A line that begins with ~ comes from somebody less happy.
export const saidOfClothing: Record<string, string> = {
  'heavy-tee': `The neck still lies flat, and it has been washed more often than I can count.
Heavy enough to wear on its own, soft enough to sleep in.
No twist in the side seam. I had given up hope.
I am 1.82 m, and the L sits as if it had been made for me.
~ Takes a full day to dry on the line.`,
  'work-jacket': `A pocket for a pencil and two for paperbacks. Somebody knows me.
The moleskin keeps the wind out, and it does not rustle.
It has faded at the edges, and now it is really mine.
~ The sleeves are a bit long for me; I turn them up.`,
  'oxford-shirt': `From the office to a wedding, and I only took off the tie.
The collar rolls the way it should.
~ It likes an iron more than I do, whatever they say.`,
  'straight-jeans': `Stiff for a week, and since then I have worn nothing else.
They shortened them for free while I had a coffee.
The knee went after two years, and the shop mended it. No charge, no fuss.
~ My hands were blue for the first two wears.`,
  'linen-dress': `Pockets! Real ones, deep enough for a phone.
I wore it to a wedding in the heat and was the only one who was comfortable.
With the belt it is for the evening, without it for the garden.
~ It creases the moment you sit down. They do warn you.`,
  'cotton-blouse': `Crisp when it is new and lovelier with every wash.
The seams are turned inside, so nothing scratches my neck.
~ A bit short on me; I am 1.78 m.`,
  'swim-shorts': `Dry before the ice cream was finished.
The zipped pocket kept my key through a whole afternoon of waves.
~ The cord is a little short.`,
  'yukata-robe': `Light enough for summer and just right after the bath.
The pattern is even finer than it looks in the picture.
~ The blue did give a little the first time, as announced.`,
  'lambswool-scarf': `So soft that my son has taken it, and I have ordered another.
Wide enough for a shawl in the office, thin enough for my pocket.
A winter of daily wear and not a single pill.
~ Sheds a few hairs on a dark coat in the first week.`,
  'wool-gloves': `I can answer the phone with them on, and nobody would guess.
Thin, and yet warm on the bicycle at two degrees.
~ The long cuff is a squeeze under a tight sleeve.`,
  'hiking-socks': `Twenty-eight kilometres, no blister, no smell. I am as surprised as you are.
The toe seam cannot be felt at all.
I sent a pair back with a hole after a year, and a new one came.
~ Warm. For July I would take something thinner.`,
  'knit-a-hat-kit': `My first ever piece of knitting, and I wear it in public.
A photograph for every step. Even I could not go wrong.
~ The decreases at the top took me three attempts and the film.`,
  'darning-kit': `Mended four jumpers on one rainy Sunday.
The threader works, which alone is worth the price.
~ I would have liked a darning mushroom in it.`,
  'trail-boots': `A week of errands, as they advise, and then three hundred kilometres without a blister.
The rubber rand has saved my toes on scree more than once.
Resoled last spring, and they feel better than new.
~ Heavy for the first hour of the day.`,
  'running-shoe': `Easy kilometres really do stay easy in these.
The tongue does not slide. Why can nobody else do that?
Eight hundred kilometres on the dot, then I sent them back for the playground.
~ A bit soft for fast intervals.`,
  'derby-shoe': `Hurt for four days and have been a pleasure for two years.
Round and roomy at the toes, and still elegant.
~ The leather laces of my pair wore through early.`,
  'heeled-ankle-boot': `I walked all over Lisbon in them. With a heel!
They do not click, so I can come home late.
~ The zip is stiff until the leather gives.`,
  'flip-flops': `The cork keeps my feet from sliding when they are wet.
Lost one in the harbour, and it floated back.
~ Half sizes would be a kindness.`,
  'court-heels': `A whole wedding, dancing included, and I kept them on.
The pad under the ball of the foot makes all the difference.
~ Suede and cobblestones do not go together, my own fault.`,
  'day-backpack': `Opens right to the bottom, so I find the keys.
My laptop hangs clear of the ground when I put it down hard.
Survived a summer of trains and a cloudburst in Ghent.
~ A pocket for a bottle on each side would be perfect.`,
  'cabin-case': `A wheel gave up in Naples. They sent another, and a coin was enough to fit it.
Fits the strict airline's frame, with handle and all.
Rolls straight on bad pavements.
~ The shell shows scratches in the darker colours.`,
  'leather-handbag': `It stands by itself, which I only value now that I have it.
The leather gets darker and better every month.
~ The brass lock takes a little force in the first weeks.`,
  'coin-purse': `That click. I open it just to hear it.
Small, but it holds coins, two cards and my lucky pebble.
~ Big banknotes have to be folded twice.`,
  'slim-briefcase': `Laptop, papers, sandwich, and it still looks slim.
I feel ten years more reliable with it.
~ The leather squeaks a bit when new.`,
  'canvas-totes': `The bread one does not sag and the crumbs shake out.
Carried two weeks of shopping up four floors.
~ They did shrink by a finger, as it says.`,
  'straw-hat': `Rolled up in a suitcase, steamed over the kettle, as new.
The brim is just wide enough for reading on the beach.
~ The ribbon is only pinned on, so I sewed it.`,
  'six-panel-cap': `You can bend the brim and it stays bent.
Fits my large head, and that never happens.
~ The buckle is cold in winter.`,
  'city-umbrella': `It turned inside out on the bridge, turned back, and nothing was broken.
The ash handle is a pleasure to hold.
~ Long. It does not fit in my locker.`,
  'folding-umbrella': `Closes without the usual fight in the doorway.
So light that it lives in my bag all year.
~ For one person, not for two.`,
  'acetate-sunglasses': `You see into the water, and the road no longer glares.
I tightened the hinges at home with a small screwdriver. Good as new.
~ They slide a little on my narrow nose.`,
  'field-watch': `Still readable at four in the morning, by the baby's bed.
Loses two seconds a day, if that.
I changed the strap myself in five minutes.
~ It stops if you leave it off for a weekend, as such watches do.`,
  'silver-ring': `The stone catches the light from under itself, it is lovely.
Resized for nothing and back within a week.
~ The claws catch on wool now and then.`,
}
