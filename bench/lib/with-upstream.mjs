import { start, stop } from "./child-process.mjs";

/** Does what needs the mock of the model, which is there for so long; `work` gets its port. */
export async function withUpstream(work) {
  const { child, first: port } = await start(new URL("../upstream.mjs", import.meta.url));
  try {
    return await work(port);
  } finally {
    await stop(child);
  }
}
