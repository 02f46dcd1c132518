import type { Service } from "../services/service.js";

/** Whether an action can get something out of a service; some only tell of their events. */
export const canBeRead = ({ does }: Service): boolean =>
  does.some((ability) => /^(?:get|search|query|download)$/u.test(ability));
