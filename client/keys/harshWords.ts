/**
 * Words of the BIP39 English list that are never among the four words. Those who read them aloud may have lived
 * through violence, addiction, a court or a removal from home, and four words side by side can read like a sentence.
 */
export const harshWords: ReadonlySet<string> = new Set(
  `
  abandon absurd abuse accident accuse addict afraid alarm alcohol alien alone anger angry anxiety armed army arrest
  assault attack awful betray bitter blame blast bleak blind blood bomb broken bullet burden cage cannon chaos crash
  crazy crime cruel crush cry dad damage danger decline demise deny despair destroy disease dismiss disorder divorce
  dumb empty enemy erase escape evil execute exclude exile expose fat fatal father fault fever force foster fury garbage
  ghost gloom grief guilt gun harsh hazard hospital hunt hurt ignore ill illegal illness inflict injury inmate insane
  jealous judge junk kick knife lawsuit lazy liar lonely mad misery mistake mom monster mother nasty neglect nuclear
  obey orphan panic parent penalty pill pistol police poverty prison problem punch regret reject remove rifle riot
  rude sad sadness scare shock shoot shove sick siege slam sorry strike struggle suffer suspect sword tobacco tragic
  trap trash trial trigger trouble ugly unfair unhappy useless vanish vicious virus void warfare warrior weapon
  weird whip witness worry wreck wrong
  `
    .trim()
    .split(/\s+/),
);
