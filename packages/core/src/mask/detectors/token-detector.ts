import type { Detector } from "./detector.js";
import { matchSpans, scored } from "./match-spans.js";

/** Keys and tokens that begin with a mark of their own, as the services that issue them document it. */
const shapes = [
  "sk-(?=[\\w-]{0,60}\\d)[\\w-]{20,255}",
  "[sr]k_(?:live|test)_[A-Za-z0-9]{10,255}",
  "pk_(?:live|test)_[A-Za-z0-9]{10,255}",
  "whsec_[A-Za-z0-9+/=]{20,255}",
  "gh[oprsu]_[A-Za-z0-9]{36,255}",
  "github_pat_\\w{22,255}",
  "gl(?:pat|dt|rt|ptt|ft|soat)-[\\w-]{20,255}",
  "xox[abeoprs]-[\\w-]{10,255}",
  "xapp-\\d-[\\w-]{20,255}",
  "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Z0-9])",
  "AIza[\\w-]{35}",
  "ya29\\.[\\w-]{20,512}",
  "GOCSPX-[\\w-]{28}",
  "npm_[A-Za-z0-9]{36}",
  "pypi-[\\w-]{50,255}",
  "rubygems_[a-f0-9]{48}",
  "dckr_pat_[\\w-]{20,255}",
  "SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}",
  "shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}",
  "hf_[A-Za-z0-9]{30,255}",
  "gsk_[A-Za-z0-9]{40,255}",
  "xai-[A-Za-z0-9]{40,255}",
  "pplx-[A-Za-z0-9]{40,255}",
  "r8_[A-Za-z0-9]{37}",
  "do[opr]_v1_[a-f0-9]{64}",
  "dapi[a-f0-9]{32}",
  "key-[a-f0-9]{32}",
  "(?:SK|AC)[a-f0-9]{32}(?![A-Za-z0-9])",
  "sq0(?:atp-[\\w-]{22}|csp-[\\w-]{43})",
  "lin_api_[A-Za-z0-9]{40}",
  "secret_[A-Za-z0-9]{43}",
  "ntn_[A-Za-z0-9]{40,255}",
  "pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}",
  "pat-(?:na|eu)\\d-[a-f0-9-]{36}",
  "PMAK-[a-f0-9]{24}-[a-f0-9]{34}",
  "hv[bs]\\.[\\w-]{20,255}",
  "glc_[A-Za-z0-9+/=]{32,255}",
  "sbp_[a-f0-9]{40}",
  "figd_[\\w-]{40,255}",
  "NRAK-[A-Z0-9]{27}",
  "AT(?:ATT|CTT)3[\\w=-]{50,255}",
  "AGE-SECRET-KEY-1[A-Z0-9]{58}",
  "pscale_(?:tkn|oauth|pw)_[\\w.-]{32,64}",
  "dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9.]{40,255}",
  "dt0c01\\.[A-Z2-7]{24}\\.[A-Z2-7]{64}",
  "\\d{8,10}:AA[\\w-]{33}(?![\\w-])",
  "eyJ[\\w-]{10,4096}\\.eyJ[\\w-]{10,4096}\\.[\\w-]{10,4096}",
];
// The look-behind makes each attempt start at the beginning of a word: no run of characters is read twice.
const token = new RegExp(`(?<![\\w-])(?:${shapes.join("|")})`, "g");

/** API keys and access tokens that a known prefix gives away, and JSON web tokens. */
export const tokenDetector: Detector = {
  type: "secret",
  find: ({ text }) => scored(matchSpans(text, token), 0.95, ["pattern"]),
};
