/** Words that say nothing about what a text is about, as the tokenizer writes them. */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above after again all also although am an and any anybody anyone are arent as at be became because been
  being both but by can cannot cant could couldnt did didnt do does doesnt doing dont done during each either else etc
  ever every for from further had hadnt has hasnt have havent having he hence her here hers herself him himself his how
  however i id if ill im in into is isnt it its itself ive just lets me might mine more most must my myself neither no
  nor not now of on once one only onto or other our ours ourselves out over own per perhaps please rather really s same
  shall she should shouldnt since so some somehow somebody someone such t than that thats the their theirs them
  themselves then there therefore theres these they theyre this those though through thus to too under until up upon us
  very via want was wasnt way we well were weve werent what whatever whats when whenever where wheres whereas whether
  which while who whom whose why will with within without wont would wouldnt yes yet you your youre yours yourself
  youve`.split(/\s+/u),
);
