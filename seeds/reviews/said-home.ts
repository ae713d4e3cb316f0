// What was said of furniture, light and things that keep order. A line that begins with ~ comes from somebody less happy.
export const saidOfHome: Record<string, string> = {
  'paper-lantern': `An even, soft light without a bright spot in the middle.
It arrived as flat as a plate and was up in a minute.
Two of different sizes side by side look as if an architect had been here.
~ Cable and fitting are extra, so order them at the same time.`,
  'dinner-candle': `They burn for a whole evening and do not drip on the cloth.
Dyed all the way through, so they look good to the last centimetre.
No scent at all, which is just right at dinner.
~ A bit loose in my old holders. A strip of paper fixed it.`,
  'warm-bulb': `Food looks like food again, and people look well.
Dims right down without the humming I had before.
~ A second's pause before it comes on.`,
  'oil-lamp-diya': `Burns for five hours on a spoonful of rapeseed oil.
We lit all five on the windowsill for Diwali, and it was beautiful.
~ Put a saucer under it, the first one sweated a little oil.`,
  'desk-torch': `The gentle setting is the point: I can check on the baby without waking her.
It hangs by the fuse box, and the green light tells me it is ready.
~ The switch is stiff with cold fingers.`,
  'reading-sofa': `The lamp comes over your shoulder just where a book needs it.
All covers went through the machine after the red wine, and nobody can tell.
Went up our narrow stairs with its legs off. The removal men were impressed.
~ The cushions do want to be shaken every week.`,
  'oak-chair': `We sat in ours for a four-hour dinner and nobody asked for a cushion.
A scratch was sanded and oiled away in ten minutes, as it says.
Four stacked against the wall take no room at all.
~ A felt pad for each foot would have been nice in the box.`,
  'platform-bed': `Silent. After our old slatted bed that is a revelation.
The drawers take all four winter duvets.
Put up by two people and one key in about forty minutes.
~ It is heavy; have a friend there on the day.`,
  'gilt-mirror': `Makes our dark hall look twice as wide.
The frame is lovely up close, with the brushwork still in it.
~ The two plates on the back want very exact holes.`,
  'wool-yarn': `Soft, springy, and it does not pill.
Made a hat and still had half a ball left.
The dye is beautiful, with a bit of depth in it like a real fleece.
~ My two balls came from different batches, so do order them together.`,
  'sewing-thread': `Does not knot, and it has held my jeans together for months.
The beech spool is a small thing that makes me want to mend.
~ I would like a wider range of greys.`,
  'willow-basket': `Carries ten kilos of potatoes without a creak.
It has the smell and the sound of a real basket.
We use the large one for logs and the small one for everything else.
~ A few loose ends had to be cut off at the start.`,
  'wire-bin': `The bag folds over the rim and stays there.
The felt foot means no scratches on the floorboards.
~ Small scraps do fall through if you forget the bag.`,
  'corn-broom': `Picks up what my plastic broom only pushed around.
Handsome enough to hang in the kitchen.
~ It lost a few straws in the first week.`,
  'zinc-bucket': `The litre marks are pressed in, so I can finally measure the plant feed.
It pours where you aim, and the grip does not cut into your hand.
~ Ten litres is a lot of water to carry, but that is hardly its fault.`,
  'moving-box': `My grandmother's letters are in these now, and they will be for a long time.
Folds together in half a minute without tape.
~ The label holder is a bit small for my handwriting.`,
}
