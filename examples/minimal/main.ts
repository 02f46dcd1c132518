import { createAiGateway } from "@levqor/core";

// No key, no network, no service: every answer comes from the local engine. The gateway says so once, as a warning.
const gateway = createAiGateway();

const answer = await gateway.chat({
  message: "What can you do for me?",
  context: { page: "dashboard" },
});
console.log(`\nchat (${answer.metadata.source}, $${answer.metadata.cost_usd})\n${answer.reply}\n`);

const { workflow, explanation } = await gateway.workflow({
  description: 'When I get an email in Gmail, if it says "urgent" then send a message to #support in Slack',
});
for (const { type, service, description } of workflow.steps) {
  console.log(`${type.padEnd(9)} ${(service ?? "-").padEnd(6)} ${description}`);
}
console.log(`\n${explanation}`);

await gateway.close();
