import { describe, expect, it } from "vitest";
import { detectionSubject } from "../detection-subject.js";
import { repeatTo } from "../hostile-seeds.test-support.js";
import { allDetectors } from "./all-detectors.js";

/** What makes context, labels, groups and grammars look again and again. */
const seeds = [
  ...["curl ", "curl a", "https://hooks.slack.com/", "12345678:A"],
  ...[
    "ssn 123456789 ",
    "12345 is my ",
    "passport 12345 ",
    "account number is ",
    "no. my is number ",
    "AAAAA9999A ",
  ],
  ...[
    "123-45-",
    "12 34 56 ",
    "1:1:",
    "a1-",
    "A1 ",
    "12345678Z ",
    "phone 123 456 789 ",
    "call me at ",
    "(415) ",
    "0 532 ",
  ],
  ...[
    "my name is A ",
    "Dr. A",
    "A-A'",
    "Dear A ",
    "regards,\n",
    "1 High ",
    "1 High Street ",
    "12 rue de ",
    "Calle A ",
  ],
  ...[
    "Calle 5 ",
    "Hauptstraße ",
    "address is 5 a ",
    "P.O. Box ",
    "zip 12345 ",
    "born ",
    "born 1.",
    "1 jan ",
    "dob:\n",
  ],
  ...[
    "token:",
    "token=a1",
    "password is ",
    "key key ",
    "--token ",
    "secret='",
    "Bearer a1a1a1a1a1a1a1a1",
    "eyJaaaaaaaaaa.",
  ],
  ...[
    "ghp_\n",
    "curl -u a:",
    '"@',
    '\\"@',
    'a"@a.',
    "SWIFT ",
    "BIC: ",
    "DE89\n",
    "4111\n",
    "0x0123456789abcdef",
  ],
];
const kilobyte = 1024;
const rounds = 4;
/** Below it the machine decides, not the text. */
const leastMilliseconds = 2;

function cpuMilliseconds(text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const started = process.cpuUsage();
    const subject = detectionSubject(text, []);
    for (const detector of allDetectors) Array.from(detector.find(subject));
    const { user, system } = process.cpuUsage(started);
    best = Math.min(best, (user + system) / 1000);
  }
  return Math.max(best, leastMilliseconds);
}

describe("detectors on hostile text", () => {
  it.each(seeds)("20 KB of %j takes linear time", (seed) => {
    const small = cpuMilliseconds(repeatTo(seed, 5 * kilobyte));
    const large = cpuMilliseconds(repeatTo(seed, 20 * kilobyte));
    expect(large).toBeLessThan(100);
    // Four times the text: linear is 4, quadratic 16.
    expect(large / small).toBeLessThan(8);
  });
});
