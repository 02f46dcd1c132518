/** How far a policy goes: it is not asked, it is asked and written down, or it decides. */
export type PolicyMode = "off" | "observe" | "enforce";
