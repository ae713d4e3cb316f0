// What was said of plants, of soap and combs, and for the animals. A line that begins with ~ comes from somebody less happy.
export const saidOfPlantsBath: Record<string, string> = {
  'rubber-plant': `Three new leaves since March, and I am known to kill cacti.
Came through two days of frost in its box without a mark.
The pot is nicer than the ones you pay extra for.
~ It leaned a bit at first; turning it every week put it right.`,
  'prickly-cactus': `The paper collar is a stroke of genius. Not one spine in my fingers.
Two winters on a cold sill, and it has flowered once.
~ It hardly grows. I suppose that is a cactus for you.`,
  'tulip-bulbs': `Twenty-five planted, twenty-five up. My neighbour counted.
Fat, firm bulbs, quite different from the supermarket's.
They came back for a second spring, as it says.
~ They opened a week later than the others in the bed.`,
  'hyacinth-in-bud': `Opened ten days after it came, just in time for my mother's birthday.
One plant scents the whole hall.
~ The stalk needed a stick in the second week.`,
  'mixed-bouquet': `Still standing after nine days, and the green lasted two weeks.
They looked as if somebody had picked them on the way.
Sent to a friend in hospital; she rang me before lunch.
~ Lovely, though less of the pink than I had hoped for.`,
  'amphora-vase': `One olive branch and nothing more. They are right.
The matt outside makes every flower look better.
There is a name under it. I like knowing that somebody made it.
~ The narrow neck is hard to wash.`,
  'oat-soap': `Lathers even in our hard water and leaves nothing on the basin.
My hands no longer crack in winter.
The sage one smells of the plant and not of a car.
~ It goes soft in the shower without a proper dish.`,
  'hand-lotion': `You can touch a keyboard one minute later. That is all I wanted.
Two refills in, and the glass bottle is as good as new.
~ The fig scent is stronger than I expected.`,
  'cellulose-sponge': `Through the dishwasher every week, and they still smell of nothing.
The rough side gets a pan clean without scratching it.
~ They arrive so thin that I thought something was missing. Then came the water.`,
  'safety-razor': `Ten blades for the price of a coffee. I should have changed years ago.
It does the work by itself if you let it.
A close shave, and no burning afterwards.
~ The first week I cut myself twice. Hold it flatter.`,
  'refill-toothbrush': `A new head clicks on in a second, and hardly anything goes in the bin.
It dries without that grey ring at the bottom.
~ I would like soft bristles as well.`,
  'wide-comb': `Gets through my curls without a single tear.
No seam on the teeth, so nothing catches.
~ A little large for my handbag.`,
  'matte-lipstick': `Survived coffee, a sandwich and a meeting.
It does not dry my lips, which every other matt one has.
The refill really does click in with one hand.
~ The terracotta came out a bit more orange on me.`,
  'rope-bone': `Twenty quiet minutes, exactly as promised.
It floats! We have lost three others in that pond.
Eight weeks with a young Labrador, and it still has both ends.
~ It bounces in the most unexpected directions, mostly towards the vase.`,
  'rope-dog-lead': `Soft in the hand even when he sees a squirrel.
The second clip is brilliant at the kerb.
Went through the wash in a pillow case and came out new.
~ The clip is a bit heavy for a small dog.`,
  'felt-cat-cave': `Ignored for a day, then she moved in. It is right there in the description.
No claw has gone through yet, and he has tried.
~ Smelled of sheep for the first week. The cat did not mind.`,
  'paw-towel': `Four paws in under a minute, with biscuit.
It drinks up so much that the hall stays clean in November.
~ The loop could be larger for our hook.`,
  'glass-aquarium-fish': `It turns when the filter runs, and every visitor thinks it is real.
No paint to come off, and the shrimps sit on it.
~ The thread was a little short for our tall tank.`,
}
