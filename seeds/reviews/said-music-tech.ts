// What was said of instruments, sound and things with plugs or edges. A line that begins with ~ comes from somebody less happy.
export const saidOfMusicTech: Record<string, string> = {
  'student-violin': `Her teacher played it and asked what we had paid.
It speaks easily, and that keeps an eight-year-old going.
We traded the half size in, and they kept their word about the price.
~ The case is sturdy but heavy on a small back.`,
  'electric-guitar': `No sharp fret ends, straight out of the bag.
From glassy to rude, just as it says on the page.
Stayed in tune for a whole set in a hot cellar.
~ The gig bag is thin, I would buy a better one.`,
  'alto-saxophone': `The low notes come without a fight.
It has been dropped in a school corridor, and every key still lines up.
~ I changed the mouthpiece after half a year.`,
  'bb-trumpet': `The valves are quick and want very little.
Warm at low volume, so I can practise after eight.
~ The case straps are short for a tall person.`,
  'snare-drum': `Easy to tune, and it stays there.
The strainer drops in one move, which our guitarist values.
~ The sticks in the box are only a start.`,
  'long-drum': `You hear the single log in the bass.
The page about the knot made me brave enough to tune it myself.
~ The skin goes slack on damp days, as it must.`,
  'banjo-five-string': `Plucky and not too loud. My wife still speaks to me.
The head has not minded our weather at all.
~ The fifth peg slipped until I tightened it.`,
  'piano-accordion': `Light enough to dance with.
The reeds are beautifully even, right to the top.
~ The straps need punching for a child.`,
  maracas: `One really is a shade higher. It makes such a difference.
Survived a whole kindergarten and a wedding.
~ The paint is worn where I hold them.`,
  'recorder-flute': `The low C comes without pinching. After years of plastic I nearly cried.
A sweet, round sound, even from a beginner.
~ It does want its oil, three times a year.`,
  'kitchen-radio': `One dial, one knob, nothing to log in to. I could kiss it.
Voices sound as if they were at the table.
The battery lasts from breakfast to the late news.
~ Only six stations. I have seven.`,
  'studio-headphones': `The train is gone and the announcement is still there. How?
I have changed the pads by myself: two minutes, little money.
Records sound like records again.
~ A bit tight with glasses for the first week.`,
  'stage-microphone': `Dropped twice, washed once, still going.
It hears me and not the drummer, and that is saying something.
~ The pouch is on the small side for the cable.`,
  'podcast-microphone': `No driver, no delay, and you see at once when you are muted.
The heavy stand keeps my typing out of it.
~ It picks up the room if the room is bare.`,
  'compact-camera': `It fits a coat pocket, so I have it with me.
Real dials that you can read with the thing switched off.
So quiet that nobody looks up. My best pictures in years.
~ You have to like 35 mm, there is nothing else.`,
  'record-harbour-songs': `The gull in the fourth song comes in right on time.
It sounds like a room with friends in it.
~ Nine songs are over too soon.`,
  'wake-alarm': `Silent all night, merciless in the morning. Perfect.
The light shows the time and blinds nobody.
~ The bells are really loud. Really.`,
  'mantel-clock': `It strikes by day and knows when to be quiet.
The gong is a real one, and you hear it.
~ Two minutes fast after half a year.`,
  'low-keyboard': `Soft, short, quiet, and the letters will never wear off.
Three devices with one key. My desk is empty now.
~ It took me a week to find the arrows.`,
  'quiet-mouse': `Nobody hears me work at night any more.
Left hand in the morning, right hand after lunch. My wrist is grateful.
~ The wheel is a bit firm.`,
  'power-plug': `Two metres of cable. Finally I can sit where I like.
It charges my laptop and does not block the next socket.
~ It gets warm under full load.`,
  'rechargeable-cells': `They came full and went straight into the torch.
After a year in the drawer they were still nearly full.
~ My old charger did not recognise them.`,
  'tool-box': `Everything in it is something I have needed.
The names on the places mean that tools come back.
A pair of pliers broke, and they changed it without a question.
~ Heavy to carry up to the attic.`,
  'ratchet-driver': `Five degrees are enough, inside the narrowest cupboard.
The bits come out without losing a fingernail.
~ The cap with the bits opens a little too easily.`,
  'carpenter-hammer': `Fifty nails, and my elbow has not noticed.
It does not leave marks, which my old one did with every blow.
~ The handle was a bit rough at the end.`,
  'fine-saw': `Cuts fast, and the edge can be glued as it is.
The marks on the handle are more use than you would think.
~ It cannot be sharpened at home.`,
  'star-telescope': `Saturn. From our balcony. With rings.
Up in five minutes, and the children can move it by themselves.
~ The tripod shivers in the wind.`,
  'school-microscope': `Pond water will never be the same again.
The stage stops before it meets the slide, so nothing has been broken yet.
~ The light from above could be brighter.`,
  'retro-joystick': `Those switches! I am twelve again.
Turned the plate for my left-handed brother in a minute.
~ Three metres of cable are a lot on a small desk.`,
}
