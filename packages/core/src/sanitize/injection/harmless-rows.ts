const join = (beginnings: readonly string[], ends: readonly string[]): string[] =>
  beginnings.flatMap((beginning) => ends.map((end) => `${beginning}_${end}`));

const others = `
  don_t_forget do_not_forget never_forget dont_forget vergessen_sie_nicht vergiss_nicht no_olvides
  n_oubliez_pas n_oublie_pas non_dimenticare nao_esqueca niet_vergeten не_забудь не_забудьте unutma
  lupa_password forget_it prompt_editor forget_about_it a_system_prompt example_of_a_system a_system_message
  ein_systemprompt einen_systemprompt guten_systemprompt un_prompt_del_sistema
`;

/** Rows of words that take the words in them away from every other group: questions how to, and what not to do. */
export const harmlessRows: readonly string[] = [
  ...join(
    ["how_do_i", "how_can_i", "how_to", "can_i", "why_does_it"],
    ["ignore", "override", "bypass", "forget", "disregard", "erase", "cancel", "wipe", "discard"],
  ),
  ...join(
    ["how_do_i", "how_can_i", "how_to", "where_do_i"],
    ["show", "print", "repeat", "display", "copy", "translate", "list", "export", "reveal"],
  ),
  ...join(["cannot", "can_t", "could_not", "unable_to"], ["override"]),
  ...join(["never", "don_t", "do_not", "not_to"], ["share", "give", "reveal", "disclose", "tell"]),
  ...others.trim().split(/\s+/),
];
