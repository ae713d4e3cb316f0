// What was said of things for the garden, the hill and the road. A line that begins with ~ comes from somebody less happy.
export const saidOfOutdoor: Record<string, string> = {
  'two-person-tent': `Pitched it in the rain, and the inner tent stayed dry. That sold me.
Two doors, so nobody climbs over me at night any more.
I timed it: seven minutes the first time, five the second.
Four nights of wind in Donegal, and every peg held.
~ The stuff sack is a bit tight once everything is wet.`,
  'field-compass': `The needle settles before I have my gloves off.
The leaflet taught my daughter in one walk.
~ The little key for the declination is easily lost. Tie it to the cord.`,
  'trail-map': `Three weeks in the top pocket, and no crease has gone white.
Bus stops with their season! We would have waited a day otherwise.
~ 1:50,000 is fine on the path, a little coarse off it.`,
  'camp-hatchet': `Came sharp enough to make feather sticks straight from the box.
The weight is right for kindling and for nothing silly.
~ The sheath is stiff for the first month.`,
  'trail-torch': `The red light saved everybody's sleep in the hut.
Ran on three batteries from the village shop when the sun failed us.
The ring turns with thick gloves on.
~ At full strength it gets warm in the hand.`,
  'fire-starter-kit': `Lit on the third strike, wet through, on a beach.
One piece of tinder burns long enough to forgive damp wood.
~ It takes a bit of practice. Try it at home first.`,
  'sunflower-seeds': `Two metres eighty, and the neighbours' children measured it every Sunday.
Nearly every seed came up, and we kept a head for next year.
~ The slugs found two before I had read the packet.`,
  'herb-seedlings': `Arrived on a Wednesday, upright and damp, and smelled wonderful.
Planted pots and all. Nothing sulked.
The basil lasted until October.
~ The parsley bolted in the hot spell.`,
  'chilli-seeds': `Eight of ten came up, and I have eaten from them since August.
"Rather warm" is the understatement of the year. Lovely fruit.
~ They do need that warmth from below; on the cold sill nothing moved.`,
  'garden-gloves': `Roses, brambles, nettles: not a scratch since I have them.
They dry soft again, which my old leather ones never did.
~ The cuff is snug if your wrists are not narrow.`,
  'garden-parasol': `Third summer, and the colour is what it was.
The vent at the top works. It stayed put when next door's flew.
~ The base has to be bought elsewhere, so think of that.`,
  'larch-nest-box': `Blue tits moved in eleven days after I hung it up.
Opens at the front without tools, so cleaning takes a minute.
~ It came a bit rough at one edge; sandpaper did it.`,
  'city-bicycle': `Turned the bar, fitted the pedals, rode to work. Exactly like that.
The hub gears change at the lights, which I did not know I needed.
Rides straight with a child on the back and shopping in front.
Two winters outside, and nothing has rusted.
~ It is not light. I would not want to carry it to the fourth floor.`,
  'kick-scooter': `Rolls over our cobbles without shaking my teeth out.
Folded in three seconds and over the shoulder on the tram.
~ The strap rubs on a thin jacket.`,
  'maple-skateboard': `Lots of pop and it has not gone soft after a summer.
The wheels are quiet on rough asphalt. My neighbours say thanks.
~ The bolts wanted tightening after the first week.`,
  'roller-skates': `The boot really does hold the ankle; I am 41 and I dared.
Soft wheels that forgive pebbles and beginners.
~ They run a touch small with thick socks.`,
  'match-football': `Holds its pressure for weeks on end.
You can see who made it on the box. More of that, please.
~ It takes on a little water in heavy rain.`,
  'street-basketball': `Gets better as the shine wears off, as promised.
You find the channels without looking.
~ Arrived flat, and there is no pump in the box.`,
  'tennis-racket': `My arm lasts three sets again.
Forgives a late swing, and mine are all late.
~ The grip is thin; I put an overgrip on.`,
  'table-tennis-bat': `Controlled enough to finally learn the loop.
The two-bat set was gone to the office within a day.
~ If you hit hard already you will want something faster.`,
  'boxing-gloves': `An hour on the heavy bag, and my wrists say nothing.
Dry by the morning, which is the whole secret of gloves.
~ The cuff is long, so it takes a friend to close the second one.`,
  'snorkel-mask': `A wave over the top and the next breath was air. Magic.
Sits close, fogs little, and did not leave a mark on my face.
~ The float clicks in choppy water.`,
  'wooden-sledge': `Steered with one heel, just like my grandmother's.
Carried two adults down the whole hill, twice.
~ The runners want wax before the first run. It says so, I did not read it.`,
  'ice-skates': `Sharp from the box and padded enough for a whole afternoon.
True to my street size, which is rare in skates.
~ Stiff at first; wear them in the kitchen for an evening.`,
}
