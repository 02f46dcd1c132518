/** English words that are one or two letters away from a service's name and are never a typo of it. */
export const plainWords: ReadonlySet<string> = new Set(
  `about after aptitude billy bravo bravos canvas cause clause clauses closer conference conferences confluent confidence confident customer
  customers discard discards email emails everyone excess fallout except expel expels expensive freshness from greet interop
  magenta mango mangos mistrial mono netscape nation nations notice openapi permalink permalinks quickstart notices notify notions perform performs person personal personas
  persona persons personnel rabbit salesman salesmen rabbits reads record sentries slick smack snack snacks stack
  stacks strict strike strikes strip striped strips stride strides strive string team teams text that their them then
  there these they this those toggle toggled toggles trill troll trolls twister upload uploads verbal vessel vibe vibes video videos
  viper voyage voyages when where which with workflow write writer writes wrote your`.split(/\s+/u),
);
